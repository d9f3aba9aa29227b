"""Adding, changing and removing the areas of an organisation."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from ...audit.actors import Actor
from ...audit.operations import record
from .. import rules
from ..models import Area, Organisation
from .organisations import lock_organisation


class TooManyAreasError(Exception):
    """The organisation would have more areas than rules.MOST_AREAS."""


class AreaExistsError(Exception):
    """An area of that name lies there already; carries the name."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__("area exists")


class AreaDoesNotFitError(Exception):
    """The area would lie below itself, or too deep."""


def add_areas(organisation: Organisation, names: Sequence[str], *, parent: Area | None = None, by: Actor) -> list[Area]:
    """New areas below the parent, or directly below the organisation; all of them or none.

    Raises TooManyAreasError, AreaDoesNotFitError, AreaExistsError.
    """
    with transaction.atomic():
        tree = _locked_tree(organisation.pk)
        if len(tree) + len(names) > rules.MOST_AREAS:
            raise TooManyAreasError
        above = _own_parent(tree, parent)
        if rules.depth(_parents(tree), above) + 1 > rules.DEEPEST_AREA:
            raise AreaDoesNotFitError
        taken = _names_below(tree, above)
        for name in names:
            _claim(name, taken)
        new = [Area(organisation=organisation, parent_id=above, name=name) for name in names]
        areas = Area.objects.bulk_create(new)
        for area in areas:
            record("area.added", by=by, organisation=organisation.pk, target=str(area.pk))
    return areas


def change_area(area: Area, *, name: str, parent: Area | None, by: Actor) -> None:
    """Renames an area and moves it below that parent, with everything below it; None is the organisation itself.

    Raises AreaDoesNotFitError, AreaExistsError; Area.DoesNotExist when it has been removed meanwhile.
    """
    with transaction.atomic():
        tree = _locked_tree(area.organisation_id)
        if area.pk not in tree:
            raise Area.DoesNotExist
        above = _own_parent(tree, parent)
        if not rules.fits_below(_parents(tree), area.pk, above):
            raise AreaDoesNotFitError
        _claim(name, _names_below(tree, above, but=area.pk))
        area.name, area.parent_id = name, above
        area.save(update_fields=["name", "parent"])
        record("area.changed", by=by, organisation=area.organisation_id, target=str(area.pk))


def remove_area(area: Area, *, by: Actor) -> None:
    """Takes an area away; what lies directly below it moves one level up.

    Called by assessments.operations.dissolve_area, which keeps the assessments. Raises Area.DoesNotExist.
    """
    with transaction.atomic():
        area = locked_area(area)
        Area.objects.filter(parent=area).update(parent=area.parent_id)
        Area.objects.filter(pk=area.pk).delete()
        record("area.removed", by=by, organisation=area.organisation_id, target=str(area.pk))


def locked_area(area: Area) -> Area:
    """The area as it is now; until the transaction ends nobody else changes it. Raises Area.DoesNotExist."""
    lock_organisation(area.organisation_id)
    return Area.objects.get(pk=area.pk, organisation=area.organisation_id)


def _locked_tree(organisation: UUID) -> dict[UUID, Area]:
    lock_organisation(organisation)
    return {area.pk: area for area in Area.objects.filter(organisation=organisation)}


def _parents(tree: dict[UUID, Area]) -> dict[object, object | None]:
    return {key: area.parent_id for key, area in tree.items()}


def _own_parent(tree: dict[UUID, Area], parent: Area | None) -> UUID | None:
    """The parent's id; one of another organisation, or removed meanwhile, is no place."""
    if parent is not None and parent.pk not in tree:
        raise AreaDoesNotFitError
    return parent.pk if parent else None


def _names_below(tree: dict[UUID, Area], parent: UUID | None, *, but: UUID | None = None) -> set[str]:
    return {area.name.casefold() for key, area in tree.items() if area.parent_id == parent and key != but}


def _claim(name: str, taken: set[str]) -> None:
    if name.casefold() in taken:
        raise AreaExistsError(name)
    taken.add(name.casefold())
