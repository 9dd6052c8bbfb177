"""A speaker under the name that was typed, while the directory does not show the person."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.make import make_person, make_speech
from tests.searching import ask, index_everything

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "gate",
    [
        {"status": "draft"},
        {"status": "published", "published_at": timezone.now() + timedelta(days=3)},
        {"status": "removed"},
    ],
)
def test_a_hidden_person_leaves_the_typed_name_to_choose(gate: dict[str, object]) -> None:
    make_speech(speaker="Somebody", person=make_person(name="Quixote", **gate))
    index_everything()

    assert ("~Somebody", 1) in ask().facets["speaker"]


def test_a_public_person_is_counted_and_the_typed_name_is_not() -> None:
    person = make_person(name="Quixote")
    make_speech(speaker="Somebody", person=person)
    index_everything()

    assert ask().facets["speaker"] == [(str(person.pk), 1)]
