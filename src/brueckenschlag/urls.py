"""Every address of this installation."""

from django.urls import include, path

from .web.views import trouble

urlpatterns = [path("", include("brueckenschlag.web.urls"))]

handler400 = trouble.bad_request
handler403 = trouble.forbidden
handler404 = trouble.not_found
handler500 = trouble.server_error
