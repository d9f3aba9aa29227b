"""What all templates can use."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..instruments.overlay import ForeignText

register = template.Library()
WORDS = {
    2: _("zwei"),
    3: _("drei"),
    4: _("vier"),
    5: _("fünf"),
    6: _("sechs"),
    7: _("sieben"),
    8: _("acht"),
    9: _("neun"),
    10: _("zehn"),
    11: _("elf"),
    12: _("zwölf"),
}


@register.filter
def in_language(text: object) -> object:
    """The text; one in another language than the page's, marked so that it is read aloud as what it is."""
    if isinstance(text, ForeignText):
        return format_html('<span lang="{}">{}</span>', text.language, str(text))
    return text


@register.filter
def in_words(number: int) -> str:
    """Small numbers as words."""
    return str(WORDS.get(number, number))


@register.filter
def called(name: str) -> str:
    """The name of an organisation, or what one without a name is called."""
    return name or gettext("Ihre Organisation")
