"""Every address of this installation."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from .web import urls
from .web.views import trouble

urlpatterns = [
    *i18n_patterns(*urls.urlpatterns, prefix_default_language=False),  # first, because asked for most
    path("", include(urls.without_language)),
]

handler400 = trouble.bad_request
handler403 = trouble.forbidden
handler404 = trouble.not_found
handler500 = trouble.server_error
