"""What all templates can use."""

import re

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..instruments.overlay import ForeignText
from .paths import instrument_of

register = template.Library()
# The gap in "e. V.", "g. e. V." and the like: between letters that stand for words.
_GAP = re.compile(r"(?<=\b[^\W\d_]\.) (?=[^\W\d_]{1,2}\.)")
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


@register.simple_tag(takes_context=True)
def licence(context: template.Context) -> str:
    """What may be done with the texts of the page: what the publisher of its instrument says, on other pages ours."""
    instrument, assessment = context.get("instrument"), context.get("assessment")
    if assessment and not instrument:
        instrument = instrument_of(assessment)
    if instrument:
        return instrument.frame.licence or ""
    return gettext("Texte von Brückenschlag: CC BY-SA 4.0")


@register.filter
def in_words(number: int) -> str:
    """Small numbers as words."""
    return str(WORDS.get(number, number))


@register.filter
def called(name: str) -> str:
    """The name of an organisation, or what one without a name is called."""
    return name or gettext("Ihre Organisation")


@register.filter
def together(name: str) -> str:
    """A name whose "e. V." does not part at the end of a line. For showing only: what is stored stays as typed."""
    return _GAP.sub("\u00a0", str(name))
