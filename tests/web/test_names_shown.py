"""Names that people have typed, where pages show them large: "e. V." stays on one line, what is stored as typed."""

import html

import pytest

from brueckenschlag.accounts.models import Organisation
from brueckenschlag.web.tags import together

GAP = "\u00a0"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Chor e. V.", f"Chor e.{GAP}V."),
        ("Chor g. e. V.", f"Chor g.{GAP}e.{GAP}V."),
        ("Chor E. V. Nord", f"Chor E.{GAP}V. Nord"),
        ("Hof i. Gr.", f"Hof i.{GAP}Gr."),
        ("Chor e.V.", "Chor e.V."),
        ("St. V. Haus", "St. V. Haus"),
        ("Haus 4. V. Stock", "Haus 4. V. Stock"),
        ("Hilfe. V. Nord", "Hilfe. V. Nord"),
        ("Ö. Ä. " * 3, f"Ö.{GAP}Ä.{GAP}" * 2 + f"Ö.{GAP}Ä. "),
        ("", ""),
    ],
)
def test_only_gaps_between_single_letters_hold_together(typed, shown):
    assert together(typed) == shown


def test_headings_hold_a_name_together_and_escape_it_and_what_is_stored_stays(chief, verein):
    Organisation.objects.filter(pk=verein.pk).update(name="<b>Chor</b> & Co e. V.")
    for rest in ("", "plan", "mitglieder", "protokoll", "einstellungen", "beratung"):
        page = chief.get(f"/organisation/{verein.pk}/{rest}").content.decode()
        heading = page.partition("<h1>")[2].partition("</h1>")[0]
        assert "&lt;b&gt;Chor&lt;/b&gt; &amp; Co e.\u00a0V." in heading, rest
    form = html.unescape(chief.get(f"/organisation/{verein.pk}/einstellungen").content.decode())
    assert 'value="<b>Chor</b> & Co e. V."' in form
    verein.refresh_from_db()
    assert verein.name == "<b>Chor</b> & Co e. V."
