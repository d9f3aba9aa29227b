"""The person's own page: their organisations, of each the assessments changed last, and never too much at once."""

from django.urls import reverse

from brueckenschlag.accounts.operations import found_organisation
from brueckenschlag.assessments.models import Assessment
from brueckenschlag.assessments.operations import begin_assessment
from brueckenschlag.audit.actors import GUEST, Actor

MORE = "Alle Praxishilfen dieser Organisation"


def organisation_with(count, edition, person, name="Bürgerhaus"):
    organisation = found_organisation(name, "zo", by=Actor(person.pk))
    for nth in range(count):
        one, _ = begin_assessment(edition, f"{name} im Jahr {2001 + nth}", by=GUEST)
        Assessment.objects.filter(pk=one.pk).update(organisation=organisation, changed_on=f"{2001 + nth}-03-01")
    return organisation


def page(member, query=""):
    return member.get(f"/konto{query}").content.decode()


def test_the_latest_five_are_shown_and_the_way_to_all(member, person, edition):
    organisation = organisation_with(7, edition, person)
    shown = page(member)
    years = [year for year in range(2001, 2008) if f"Bürgerhaus im Jahr {year}" in shown]
    assert years == [2003, 2004, 2005, 2006, 2007]
    assert shown.index("im Jahr 2007") < shown.index("im Jahr 2003")
    assert MORE in shown
    assert f'href="{reverse("organisation", args=[organisation.pk])}">{MORE}' in shown


def test_five_are_all(member, person, edition):
    organisation_with(5, edition, person)
    assert MORE not in page(member)


def test_many_organisations_come_on_pages(member, person, edition, django_assert_max_num_queries):
    for nth in range(23):
        organisation_with(1, edition, person, name=f"Verein {nth:02}")
    with django_assert_max_num_queries(7):
        first = page(member)
    assert "Verein 19" in first
    assert "Verein 20" not in first
    second = page(member, "?seite=2")
    assert "Verein 20 im Jahr 2001" in second
    assert "Verein 19" not in second
    assert "Verein 22" in page(member, "?seite=99")


def test_whoever_advises_finds_the_way_to_those_they_advise(member, person):
    founded = found_organisation("Kontaktstelle", "advice", by=Actor(person.pk))
    shown = page(member)
    assert f'<a href="{reverse("clients", args=[founded.pk])}">Wen wir beraten</a>' in shown
    assert "Hier ist noch keine Praxishilfe." not in shown


def test_an_organisation_without_anything_says_so(member, person):
    found_organisation("Noch leer", "zo", by=Actor(person.pk))
    assert "Hier ist noch keine Praxishilfe." in page(member)
