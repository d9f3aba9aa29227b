"""What the production server loads: everything is read before the first request, and shared by the workers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "brueckenschlag.settings")
application = get_wsgi_application()

from .instruments import library  # noqa: E402  # Django must be set up first
from .web import rendering  # noqa: E402  # the same

library.instruments()
rendering.prepare()
