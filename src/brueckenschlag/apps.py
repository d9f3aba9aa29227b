"""The one Django app."""

from django.apps import AppConfig


class Brueckenschlag(AppConfig):
    """All rooms share one app, so that tables have one history of migrations."""

    name = "brueckenschlag"
    label = "brueckenschlag"
    verbose_name = "Brückenschlag"
