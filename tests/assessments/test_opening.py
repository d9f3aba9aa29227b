"""Who finds an assessment: the query written by hand answers like the plain ones."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from brueckenschlag.accounts.keys import Visitor, new_owner_key, reader_key
from brueckenschlag.assessments.models import Assessment

WHO = {
    "owner": lambda key: [key],
    "reader": lambda key: [reader_key(key)],
    "owner with other keys": lambda key: [new_owner_key(), key, new_owner_key()],
    "reader who is also the owner": lambda key: [reader_key(key), key],
    "stranger": lambda key: [new_owner_key()],
    "nobody": lambda key: [],
}


@pytest.mark.parametrize("for_writing", [True, False])
@pytest.mark.parametrize("years", [0, 3], ids=["kept", "past its term"])
@pytest.mark.parametrize("who", WHO)
def test_both_ways_of_asking_find_the_same(own, who, years, for_writing):
    visitor = Visitor.with_keys(WHO[who](own.key))
    changed = timezone.localdate() - timedelta(days=365 * years)
    Assessment.objects.filter(pk=own.assessment.pk).update(changed_on=changed)
    plain = Assessment.objects.editable_by(visitor) if for_writing else Assessment.objects.visible_to(visitor)
    expected = plain.filter(pk=own.assessment.pk).first()
    found = Assessment.objects.opened_by(visitor, own.assessment.pk, for_writing=for_writing)
    assert found == expected
    if found:
        fields = [field.attname for field in Assessment._meta.concrete_fields]
        assert [getattr(found, one) for one in fields] == [getattr(expected, one) for one in fields]


def test_an_unknown_number_finds_nothing(own):
    assert Assessment.objects.opened_by(Visitor.with_keys([own.key]), uuid.uuid4(), for_writing=False) is None
