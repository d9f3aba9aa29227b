"""The list of a person's organisations, for the page of their account."""

from django.template.loader import render_to_string

from brueckenschlag.accounts.keys import NOBODY, Visitor
from brueckenschlag.accounts.models import Person
from brueckenschlag.assessments.operations import begin_assessment
from brueckenschlag.audit.actors import GUEST
from brueckenschlag.web.belonging import organisations_of


def visitor(email) -> Visitor:
    return Visitor(frozenset(), Person.objects.get(email=email).pk)


def test_it_names_role_and_number_of_assessments_whoever_else_belongs_to_it(verein, editor, onlooker, edition):
    for _ in range(2):
        begin_assessment(edition, organisation=verein, by=GUEST)
    [found] = organisations_of(visitor("reader@probestadt.example"))
    assert (found["name"], found["assessment_count"]) == ("Ortsverband Probestadt", 2)
    shown = render_to_string("parts/organisations.html", {"organisations": [found]})
    assert f'href="/organisation/{verein.pk}/"' in shown
    assert "Nur lesen · 2 Praxishilfen" in shown


def test_guests_and_strangers_have_none(verein, neighbour):
    assert organisations_of(NOBODY) == []
    assert [one["name"] for one in organisations_of(visitor("nebenan@nachbarn.example"))] == ["Nachbarn"]
    assert "Organisation anlegen" in render_to_string("parts/organisations.html", {"organisations": []})
