"""Content and rows: what is written down comes back, and an overlay leaves no trace."""

import json
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiatives.models import AgendaItem, Initiative, Organization
from iomsite.canonical import canonical
from iomsite.pages.models import Page
from iomsite.publishing import keeping
from iomsite.publishing.desk import Desk
from iomsite.publishing.models import Status, WorkingCopy
from iomsite.publishing.overlay import overlaid, taken_back
from iomsite.publishing.restoring import PROVISIONAL, DoesNotFit, keys_in, restore
from iomsite.publishing.schedule import publish_due
from iomsite.publishing.snapshot import part_relations, snapshot, versioned_fields
from iomsite.publishing.workflow import perform
from speeches.models import Attachment, Contribution, Speech, SpeechText
from tests.forms import shown_form
from tests.make import make_page, make_speech, make_staff
from tests.site.contents import changed, every_row, kinds, without_keys
from tests.world import make_world

pytestmark = pytest.mark.django_db

SEEDS = st.integers(0, 2**32)
ON_ONE_WORLD = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.fixture
def world() -> Speech:
    return make_world()


def richest(kind: str) -> Any:
    """Return the item of a kind that has the most rows below it."""
    model = next(m for m in admin.site._registry if m._meta.label_lower == kind)
    return max(model._base_manager.all(), key=lambda item: len(keys_in(snapshot(item))))


@pytest.mark.parametrize("kind", kinds())
def test_what_was_written_down_comes_back(kind: str, world: Speech) -> None:
    """Change everything, restore what was, and all is as it was; also by way of the database."""
    item = richest(kind)
    before = snapshot(item, internal=True)
    fitted: Counter[bool] = Counter()

    @settings(max_examples=25, deadline=None, suppress_health_check=ON_ONE_WORLD)
    @given(SEEDS)
    def comes_back(seed: int) -> None:
        wanted = changed(before, seed)
        with taken_back():
            try:
                with_other_words(item, wanted)
            except DoesNotFit:
                fitted[False] += 1
                return
            fitted[True] += 1
            restore(item, json.loads(canonical(before)))
            assert without_keys(snapshot(item, internal=True)) == without_keys(before)

    comes_back()
    assert fitted[True] > 0, fitted


def with_other_words(item: Any, wanted: Any) -> None:
    """Write a content twice: it stands there, and writing it again changes nothing."""
    remarks = restore(item, wanted)
    written = snapshot(item, internal=True)
    assert remarks == []
    assert without_keys(written) == without_keys(wanted)
    assert not any(key >= PROVISIONAL for _name, key in keys_in(written))
    restore(item, written)
    assert snapshot(item, internal=True) == written


@pytest.mark.parametrize("kind", kinds())
def test_an_overlay_shows_the_content_and_leaves_no_trace(kind: str, world: Speech) -> None:
    item = richest(kind)
    content, before = snapshot(item, internal=True), every_row()

    @settings(max_examples=8, deadline=None, suppress_health_check=ON_ONE_WORLD)
    @given(SEEDS)
    def leaves_no_trace(seed: int) -> None:
        wanted = changed(content, seed)
        try:
            with overlaid(item, wanted):
                assert without_keys(snapshot(item, internal=True)) == without_keys(wanted)
                assert keys_in(snapshot(item, internal=True)) == keys_in(wanted)
        except DoesNotFit:
            pass
        assert every_row() == before

    leaves_no_trace()


def test_an_error_inside_an_overlay_leaves_no_trace_either(world: Speech) -> None:
    content, before = snapshot(world), every_row()
    content["parts"]["texts"].pop()

    def fail() -> None:
        with overlaid(world, content):
            Speech.objects.update(place="Nowhere")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert every_row() == before


def test_texts_that_exchange_language_and_original_are_written(world: Speech) -> None:
    content = snapshot(world)
    one, other = content["parts"]["texts"]
    for name in ("language", "kind", "title"):
        one["fields"][name], other["fields"][name] = other["fields"][name], one["fields"][name]

    restore(world, content)

    texts = {text.pk: (text.language, text.kind) for text in world.texts.all()}
    assert texts == {one["key"]: ("ar", "official"), other["key"]: ("en", "original")}


def test_three_rows_that_go_round_are_written(world: Speech) -> None:
    meeting = world.meeting
    assert meeting is not None
    for number in ("a", "b"):
        AgendaItem.objects.create(meeting=meeting, number=number, title=number)
    content = snapshot(meeting)
    rows = content["parts"]["agenda_items"]
    numbers = [row["fields"]["number"] for row in rows]
    for row, number in zip(rows, numbers[1:] + numbers[:1], strict=True):
        row["fields"]["number"] = number

    restore(meeting, content)

    assert snapshot(meeting) == content


def test_a_relation_to_something_deleted_is_left_empty_and_named(world: Speech) -> None:
    content = snapshot(world)
    Initiative.objects.all().delete()

    remarks = restore(world, content)

    assert remarks == ["“about initiatives” named something that is not there any more."]
    assert list(world.initiatives.all()) == []


def test_a_row_that_is_needed_elsewhere_is_not_taken_out(world: Speech) -> None:
    content = snapshot(world.meeting)
    content["parts"]["agenda_items"] = []

    with pytest.raises(DoesNotFit, match="still needed by"), overlaid(world.meeting, content):
        pass

    assert AgendaItem.objects.exists()


def test_an_upload_in_a_working_copy_is_public_only_once_it_is_published() -> None:
    speech, editor = make_speech(), Client()
    editor.force_login(make_staff())
    address = f"/admin/speeches/speech/{speech.pk}/change/"
    upload = {
        "attachments-TOTAL_FORMS": "1",
        "attachments-0-kind": "document",
        "attachments-0-title": "Notes",
        "attachments-0-position": "0",
        "attachments-0-speech": speech.pk,
        "attachments-0-file": SimpleUploadedFile("notes.txt", b"What I meant to say.\n"),
    }
    assert editor.post(address, shown_form(editor, address) | upload).status_code == 302
    assert not Attachment.objects.exists()
    (row,) = WorkingCopy.objects.get().content["parts"]["attachments"]

    # Opened and saved again, the file is still the same.
    again = shown_form(editor, address) | {"place": "Bern"}
    assert editor.post(address, again).status_code == 302
    assert WorkingCopy.objects.get().content["parts"]["attachments"] == [row]

    perform("submit", speech)
    perform("publish", speech)
    attachment = Attachment.objects.get()
    assert attachment.file.read() == b"What I meant to say.\n"
    assert (attachment.checksum, attachment.size) == (row["fields"]["checksum"], 21)
    answer = Client().get(attachment.get_absolute_url())
    assert b"".join(answer) == b"What I meant to say.\n"


def test_a_working_copy_is_nowhere_but_in_its_own_table(world: Speech) -> None:
    before = every_row()
    with keeping.editing(world, None):
        SpeechText.objects.filter(speech=world).first().delete()  # type: ignore[union-attr]
        Contribution.objects.create(speech=world, name="Secret reader", role="reader")
        Speech.objects.filter(pk=world.pk).update(place="Secret place")

    after = every_row()
    differing = {name for name in after if after[name] != before[name]}
    assert differing == {"publishing.WorkingCopy"}


def test_what_waits_for_its_time_is_changed_on_no_path() -> None:
    speech = make_speech(status=Status.PUBLISHED)
    with keeping.editing(speech, None):
        Speech.objects.filter(pk=speech.pk).update(place="Geneva")
    desk = Desk(speech)
    later = desk.now.replace(year=desk.now.year + 1)
    perform("submit", speech)
    perform("publish", speech, at=later)

    with pytest.raises(DoesNotFit, match="waits for its time"), keeping.editing(speech, None):
        Speech.objects.filter(pk=speech.pk).update(place="Bern")

    assert Desk(speech).content["fields"]["place"] == "Geneva"


def test_two_pages_cannot_be_moved_into_each_other() -> None:
    """Each working copy is right alone; published after the other, it would turn in a circle."""
    one, other = make_page(), make_page()
    for page, above in ((one, other), (other, one)):
        with keeping.editing(page, None):
            row = Page.objects.get(pk=page.pk)
            row.parent = above
            row.save()
        perform("submit", page)
    perform("publish", one)

    with pytest.raises(DoesNotFit, match="cannot be inside itself"):
        perform("publish", other)

    earlier = Desk(other).now - timedelta(hours=1)
    WorkingCopy.objects.of(other).update(stage="scheduled", due_at=earlier)
    assert publish_due() == 0
    assert "inside itself" in WorkingCopy.objects.get().failure


@pytest.mark.parametrize("kind", kinds())
def test_every_control_of_a_form_is_part_of_the_content(kind: str) -> None:
    """Else what somebody types there would be taken back with the overlay, and be lost."""
    model = next(m for m in admin.site._registry if m._meta.label_lower == kind)
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_active=True, is_staff=True)
    item = model._base_manager.create(**minimal(model))
    options: Any = admin.site.get_model_admin(model)
    parts = {back for _name, back in part_relations(model)}

    known = {field.name for field in (*versioned_fields(model), *model._meta.many_to_many)}
    assert set(options.get_form(request, item).base_fields) <= known
    for formset, inline in options.get_formsets_with_inlines(request, item):
        if not (inline.has_change_permission(request, item) or inline.max_num):
            continue
        assert formset.fk in parts, inline
        columns = {field.name for field in versioned_fields(inline.model)}
        assert set(formset.form.base_fields) - {"DELETE"} <= columns, inline


def minimal(model: Any) -> dict[str, Any]:
    values: dict[str, Any] = {"slug": "only", "status": Status.DRAFT}
    names = {field.name for field in model._meta.fields}
    if "name" in names:
        values["name"] = "Only"
    if model._meta.model_name == "office":
        values["organization"] = Organization.objects.create(slug="theirs", name="Theirs")
    return values


def test_relations_seen_from_two_sides_belong_to_one(world: Speech) -> None:
    """A row that were part of two items would be changed behind the other one's history."""
    owners = Counter(
        (back.model, row["key"])
        for kind in kinds()
        for item in [richest(kind)]
        for name, back in part_relations(type(item))
        for row in snapshot(item)["parts"][name]
    )

    assert [row for row, count in owners.items() if count > 1] == []
