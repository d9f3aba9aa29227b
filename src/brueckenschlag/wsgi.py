"""What the production server loads: everything is read before the first request, and shared by the workers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "brueckenschlag.settings")
application = get_wsgi_application()

from django.db import connections  # noqa: E402  # Django must be set up first

from .web import rendering  # noqa: E402  # the same

rendering.prepare()
connections.close_all()  # the workers are forked after this and must not share one
