"""Two people change one item: the later save is refused, and nothing either typed is lost."""

import pytest
from bs4 import BeautifulSoup

from iomsite.publishing.models import KeptContent, Status, WorkingCopy
from iomsite.publishing.workflow import perform
from speeches.models import Contribution, Speech, SpeechText
from tests.at_the_desk import (
    Editor,
    address_of,
    choices_on,
    new_contribution,
    next_state,
    next_text,
    words_on,
)
from tests.make import make_agenda_item, make_meeting, make_person, make_speech

pytestmark = pytest.mark.django_db

BOTH_KINDS = pytest.mark.parametrize("status", [Status.DRAFT, Status.PUBLISHED])
FIRST, SECOND = "<p>The first paragraph.</p>", "<p>The second paragraph.</p>"


@pytest.fixture
def ada() -> Editor:
    return Editor(first_name="Ada", last_name="Early")


@pytest.fixture
def lin() -> Editor:
    return Editor(first_name="Lin", last_name="Late")


@BOTH_KINDS
def test_changes_to_two_paragraphs_and_two_fields_are_merged(
    status: str, ada: Editor, lin: Editor
) -> None:
    speech = make_speech(status=status, body=FIRST + SECOND)
    early, late = ada.opens(speech), lin.opens(speech)
    ada.saves(speech, early, **{"texts-0-body": FIRST + "<p>The second paragraph, longer.</p>"})

    page = lin.saves(
        speech,
        late,
        **{"texts-0-body": "<p>The first paragraph, mended.</p>" + SECOND, "place": "Bern"},
    )

    assert page.status_code == 409
    assert "Ada Early changed this on" in words_on(page)
    assert next_text(speech) == FIRST + "<p>The second paragraph, longer.</p>"
    assert lin.merges(page).status_code == 302
    assert next_text(speech) == (
        "<p>The first paragraph, mended.</p><p>The second paragraph, longer.</p>"
    )
    assert next_state(speech)["fields"]["place"] == "Bern"


@BOTH_KINDS
@pytest.mark.parametrize(("choice", "place"), [("mine", "Bern"), ("theirs", "Geneva")])
def test_where_both_changed_the_same_the_later_one_chooses(
    status: str, choice: str, place: str, ada: Editor, lin: Editor
) -> None:
    speech = make_speech(status=status)
    early, late = ada.opens(speech), lin.opens(speech)
    ada.saves(speech, early, place="Geneva")
    page = lin.saves(speech, late, place="Bern", delivery_note="By video.")

    assert "Place" in words_on(page)
    refused = lin.merges(page)
    assert refused.status_code == 409
    assert "Choose which words to keep" in words_on(refused)
    assert next_state(speech)["fields"]["place"] == "Geneva"

    assert lin.merges(refused, **{"choice-0": choice}).status_code == 302
    fields = next_state(speech)["fields"]
    assert (fields["place"], fields["delivery_note"]) == (place, "By video.")


def test_a_third_save_between_the_page_and_its_answer_is_not_lost_either(
    ada: Editor, lin: Editor
) -> None:
    speech = make_speech()
    late = lin.opens(speech)
    ada.saves(speech, ada.opens(speech), place="Geneva")
    page = lin.saves(speech, late, delivery_note="By video.")
    ada.saves(speech, ada.opens(speech), delivery_note="Read by another.")

    again = lin.merges(page)

    assert again.status_code == 409
    assert "once more" in words_on(again)
    assert next_state(speech)["fields"]["delivery_note"] == "Read by another."
    lin.merges(again, **{"choice-0": "mine"})
    fields = next_state(speech)["fields"]
    assert (fields["place"], fields["delivery_note"]) == ("Geneva", "By video.")


@BOTH_KINDS
def test_rows_that_both_added_are_both_kept(status: str, ada: Editor, lin: Editor) -> None:
    speech = make_speech(status=status)
    early, late = ada.opens(speech), lin.opens(speech)
    ada.saves(speech, early, **new_contribution(speech, "Reader One"))
    make_speech(speaker="Takes the key that Lin's row was given before it was taken back")
    page = lin.saves(speech, late, **new_contribution(speech, "Reader Two"))

    assert lin.merges(page).status_code == 302
    rows = next_state(speech)["parts"]["contributions"]
    assert sorted(row["fields"]["name"] for row in rows) == ["Reader One", "Reader Two"]
    assert Contribution.objects.exclude(speech=speech).count() == 1


@BOTH_KINDS
def test_one_row_that_both_added_is_one_row(status: str, ada: Editor, lin: Editor) -> None:
    speech, person = make_speech(status=status), make_person()
    early, late = ada.opens(speech), lin.opens(speech)
    ada.saves(speech, early, **new_contribution(speech, "Ada's", person=person.pk))
    page = lin.saves(speech, late, **new_contribution(speech, "Lin's", person=person.pk))

    assert lin.merges(page, **{"choice-0": "mine"}).status_code == 302
    (row,) = next_state(speech)["parts"]["contributions"]
    assert row["fields"]["name"] == "Lin's"


@BOTH_KINDS
def test_a_text_that_one_took_out_and_the_other_changed_is_asked_about(
    status: str, ada: Editor, lin: Editor
) -> None:
    speech = make_speech(status=status)
    SpeechText.objects.create(speech=speech, language="fr", kind="official", title="Un discours")
    early, late = ada.opens(speech), lin.opens(speech)
    ada.saves(speech, early, **{"texts-1-DELETE": "on"})
    page = lin.saves(speech, late, **{"texts-1-title": "Le discours"})

    assert "Keep it." in words_on(page)
    assert "Take it out." in words_on(page)
    assert "Le discours" in page.content.decode()
    lin.merges(page, **{"choice-0": "mine"})
    texts = {row["fields"]["language"]: row for row in next_state(speech)["parts"]["texts"]}
    assert texts["fr"]["fields"]["title"] == "Le discours"


@BOTH_KINDS
def test_a_double_click_is_answered_like_one(status: str, ada: Editor) -> None:
    speech = make_speech(status=status)
    form = ada.opens(speech) | new_contribution(speech, "Reader") | {"place": "Bern"}
    ada.saves(speech, form)
    before = next_state(speech)

    assert ada.saves(speech, form).status_code == 302
    assert next_state(speech) == before


def test_a_late_form_without_a_change_is_no_conflict(ada: Editor, lin: Editor) -> None:
    speech = make_speech()
    late = lin.opens(speech)
    ada.saves(speech, ada.opens(speech), place="Geneva")

    assert lin.saves(speech, late).status_code == 302
    assert next_state(speech)["fields"]["place"] == "Geneva"


@BOTH_KINDS
def test_when_it_is_not_known_what_the_form_showed_everything_is_asked(
    status: str, ada: Editor, lin: Editor
) -> None:
    speech = make_speech(status=status)
    early, late = ada.opens(speech), lin.opens(speech)
    KeptContent.objects.all().delete()
    ada.saves(speech, early, place="Geneva", delivery_note="By video.")

    page = lin.saves(speech, late, place="Bern")

    assert page.status_code == 409
    assert "What differs: choose what to keep" in words_on(page)
    place, note = choices_on(page)["Place"], choices_on(page)["Note on the delivery"]
    lin.merges(page, **{place: "mine", note: "theirs"})
    fields = next_state(speech)["fields"]
    assert (fields["place"], fields["delivery_note"]) == ("Bern", "By video.")


def test_a_late_form_with_an_error_is_shown_again_and_stays_late(ada: Editor, lin: Editor) -> None:
    speech = make_speech()
    late = lin.opens(speech)
    ada.saves(speech, ada.opens(speech), place="Geneva")

    page = lin.saves(speech, late, place="B" * 200)

    assert page.status_code == 200
    assert "B" * 200 in page.content.decode()
    assert lin.saves(speech, late, place="Bern").status_code == 409


def test_a_form_from_before_it_was_published_cannot_overwrite_what_went_out(
    ada: Editor, lin: Editor
) -> None:
    speech = make_speech(status=Status.DRAFT)
    late = lin.opens(speech)
    ada.saves(speech, ada.opens(speech), place="Geneva")
    perform("submit", speech)
    perform("publish", speech)

    page = lin.saves(speech, late, place="Bern")

    assert page.status_code == 409
    lin.merges(page, **{"choice-0": "mine"})
    assert Speech.objects.get().place == "Geneva"
    assert WorkingCopy.objects.get().content["fields"]["place"] == "Bern"


def test_a_merge_that_breaks_a_rule_of_the_form_is_refused_with_the_rule(
    ada: Editor, lin: Editor
) -> None:
    speech = make_speech()
    one, other = make_meeting(), make_meeting()
    item = make_agenda_item(meeting=one)
    Speech.objects.update(meeting=one)
    early, late = ada.opens(speech), lin.opens(speech)
    ada.saves(speech, early, meeting=other.pk)

    page = lin.merges(lin.saves(speech, late, agenda_item=item.pk))

    assert page.status_code == 409
    assert "This item is on the agenda of another meeting." in words_on(page)
    assert next_state(speech)["fields"]["agenda_item"] is None


@BOTH_KINDS
def test_two_rows_that_exchange_their_languages_are_refused_and_nothing_typed_is_lost(
    status: str, ada: Editor
) -> None:
    speech = make_speech(status=status)
    SpeechText.objects.create(speech=speech, language="fr", kind="official", title="Un discours")
    exchanged = {"texts-0-language": "fr", "texts-1-language": "en", "place": "Bern"}

    page = ada.saves(speech, ada.opens(speech), **exchanged)

    assert page.status_code == 409
    assert "Nothing was saved." in words_on(page)
    assert ">Bern</textarea>" in page.content.decode()
    assert next_state(speech)["fields"]["place"] == ""


def test_who_may_only_look_is_not_shown_what_others_typed(ada: Editor) -> None:
    speech = make_speech()
    viewer = Editor(is_staff=True)
    viewer.user.is_superuser = False
    viewer.user.save()

    assert viewer.saves(speech, {"place": "Bern"}).status_code == 403
    assert viewer.client.post(f"/admin/speeches/speech/{speech.pk}/merge/").status_code == 403


def test_what_was_kept_of_another_item_is_no_merge(ada: Editor) -> None:
    speech, other = make_speech(), make_speech()
    form = ada.opens(other)
    address = f"/admin/speeches/speech/{speech.pk}/merge/"

    answer = ada.client.post(address, {"mine": form["edit_base"], "token": form["edit_token"]})

    assert answer.status_code == 302
    assert not WorkingCopy.objects.exists()


def test_a_working_copy_that_fits_no_more_shows_its_words_and_the_way_out(ada: Editor) -> None:
    speech, person = make_speech(), make_person()
    ada.saves(
        speech, ada.opens(speech), place="Bern", **new_contribution(speech, "", person=person.pk)
    )
    copy = WorkingCopy.objects.get()
    copy.content["parts"]["contributions"][0]["fields"]["role"] = "nobody" * 9
    copy.content["parts"]["texts"].append({**copy.content["parts"]["texts"][0], "key": 2**62 + 5})
    copy.save()

    page = ada.client.get(address_of(speech))

    assert page.status_code == 409
    assert "Bern" in page.content.decode()
    way_out = BeautifulSoup(page.content, "lxml").select_one('a[href*="/workflow/discard/"]')
    assert way_out is not None
    assert ada.client.get(way_out["href"]).status_code == 200
