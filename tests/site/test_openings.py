"""Whoever opens a form is told who else has it open."""

import pytest

from iomsite.publishing.models import Opening
from tests.at_the_desk import Editor
from tests.make import make_speech

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Editor:
    return Editor(first_name="Ada", last_name="Early")


@pytest.fixture
def lin() -> Editor:
    return Editor(first_name="Lin", last_name="Late")


def test_who_opens_a_form_is_told_who_else_has_it_open(ada: Editor, lin: Editor) -> None:
    speech = make_speech()
    assert "may be changing it" not in ada.reads(speech)

    assert "Ada Early opened this" in lin.reads(speech)

    ada.saves(speech, ada.opens(speech), place="Bern")
    shown = lin.reads(speech)
    assert "Ada Early opened this" not in shown
    assert "Ada Early saved this" in shown
    assert Opening.objects.get().user == lin.user


def test_an_opening_is_forgotten_after_two_hours(ada: Editor, lin: Editor) -> None:
    speech = make_speech()
    ada.reads(speech)
    opening = Opening.objects.get()
    Opening.objects.update(opened_at=opening.opened_at.replace(year=2020))

    assert "Ada Early opened this" not in lin.reads(speech)
    assert Opening.objects.get().user == lin.user
