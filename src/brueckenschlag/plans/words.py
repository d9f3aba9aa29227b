"""The words for what is stored as a key."""

from django.utils.translation import gettext_lazy as _

PRIORITIES = {"high": _("hoch"), "medium": _("mittel"), "low": _("niedrig")}
STATUSES = {"open": _("offen"), "started": _("begonnen"), "done": _("erledigt"), "dropped": _("verworfen")}
