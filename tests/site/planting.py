"""Items of every kind in every state, full of words, among public ones they are related to."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count, cycle
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from iomsite.previews.links import make_link
from iomsite.publishing.keeping import editing
from iomsite.publishing.models import EditorialNote, Publishable, Review, Status, kind_of
from iomsite.publishing.snapshot import part_relations, versioned_fields, versioned_lists
from iomsite.publishing.workflow import perform
from speeches.models import Citation, Mention, Rejection, Speech
from tests import make
from tests.histories import publish
from tests.site.canaries import HIDDEN, KINDS, NEXT, PAST, TAKEN_BACK, Aviary, is_text, public_one

_numbers = count(1)

MAKERS: dict[str, Callable[..., Any]] = {
    "speeches.speech": make.make_speech,
    "pages.page": make.make_page,
    "initiatives.office": make.make_office,
    "initiatives.organization": make.make_organization,
    "initiatives.person": make.make_person,
    "initiatives.initiative": make.make_initiative,
    "initiatives.meetingseries": make.make_meeting_series,
    "initiatives.meeting": make.make_meeting,
}


def make_item(model: Any, **values: Any) -> Any:
    """Make an item of a kind, with the makers of the other tests where there is one."""
    maker = MAKERS.get(model._meta.label_lower)
    if model is make.Office:
        values.setdefault("organization", public_one(make.Organization))
    if maker:
        return maker(**values)
    values.setdefault("slug", f"entry-{next(_numbers)}")
    return model.objects.create(**{"name": "An entry"} | make.public(values))


def begin(aviary: Aviary, model: Any, state: str) -> None:
    """Make what is public of an item before words are planted; of its past, all."""
    item = make_item(model, status=Status.DRAFT)
    aviary.items[kind_of(item), state] = item
    if state in PAST:
        _write_past(aviary, item, state)
    else:
        publish(item)


def plant(aviary: Aviary, model: Any, state: str, staff: Any) -> None:
    """Make one item of a kind in a state, full of words that nobody may read."""
    item = aviary.items.get((model._meta.label_lower, state)) or make_item(
        model, status=Status.DRAFT
    )
    aviary.items[kind_of(item), state] = item
    if state in NEXT:
        _write_next(aviary, item, state, staff)
    else:
        aviary.fill_whole(item, state)
    if state in HIDDEN:
        _hide(aviary, item, state, staff)
    elif state in TAKEN_BACK:
        publish(item)
        notice, reason = "Taken back for a test.", staff_words(aviary, item)
        name = "withdraw" if state == "withdrawn" else "remove"
        perform(name, item, None, notice=notice, reason=reason)
    _note(aviary, item, staff)


def staff_words(aviary: Aviary, item: Any, place: str = "reason") -> str:
    """Return a word that staff say to each other."""
    return aviary.word(item, place, "between staff", kind_of(item))


def _hide(aviary: Aviary, item: Any, state: str, staff: Any) -> None:
    late = timezone.now() + timedelta(days=3)
    if state == "in review":
        perform("submit", item, staff, note=staff_words(aviary, item))
    elif state == "embargoed":
        said = {name: staff_words(aviary, item, name) for name in ("reason", "note")}
        perform("publish_unreviewed", item, None, at=late, **said)
    elif state == "unscheduled":
        publish(item, at=late)
        perform("unschedule", item, None)
    elif state == "shown to a guest":
        _invite(aviary, item, staff)
    elif state == "deleted":
        item.delete()


def _invite(aviary: Aviary, item: Any, staff: Any) -> None:
    guest = staff_words(aviary, item, "guest")
    aviary.tokens.append(make_link(item, staff, guest_name=guest, may_comment=True)[1])


def _write_next(aviary: Aviary, item: Any, state: str, staff: Any) -> None:
    with editing(item, staff) as desk:
        aviary.fill_whole(desk.item, state)
    late = timezone.now() + timedelta(days=3)
    if state != "copy":
        perform("submit", item, staff, note=staff_words(aviary, item, "change note"))
    if state == "copy scheduled":
        perform("publish", item, None, at=late, note=staff_words(aviary, item, "change note"))
    elif state == "copy shown to a guest":
        _invite(aviary, item, staff)
    elif state == "copy discarded":
        perform("discard", item, None)


def _write_past(aviary: Aviary, item: Any, state: str) -> None:
    before = _fields_of(item)
    if state == "replaced under embargo":
        publish(item, at=timezone.now() + timedelta(days=3))
    else:
        publish(item)
        perform("remove", item, None, notice="Taken back for a test.")
    with editing(item, None) as desk:
        aviary.fill_whole(desk.item, state)
    _swap(item)
    with editing(item, None) as desk:
        _take_out(desk.item, before)
    _swap(item)
    item.refresh_from_db()
    perform("release" if "embargo" in state else "reinstate", item, None, reason="For a test.")


def _swap(item: Any) -> None:
    """Let the working copy of an item take its place at once, while nobody sees it."""
    perform("publish_unreviewed", item, None, reason="For a test.")


def _fields_of(item: Any) -> dict[str, Any]:
    return {field.name: field.value_from_object(item) for field in versioned_fields(type(item))}


def _take_out(item: Any, before: dict[str, Any]) -> None:
    """Make an item say again what it said before any word was planted."""
    for field in versioned_fields(type(item)):
        if is_text(field):
            setattr(item, field.attname, before[field.name])
    item.save()
    for name, _back in part_relations(type(item)):
        for part in getattr(item, name).all():
            if name in {"texts"} and part.language == "en":
                part.title, part.body = "Plain words", "<p>Plain words.</p>"
                for other in ("summary", "introduction"):
                    if hasattr(part, other):
                        setattr(part, other, "")
                part.save()
                if hasattr(part, "sources"):
                    part.sources.all().delete()
            else:
                part.delete()


def _note(aviary: Aviary, item: Any, staff: Any) -> None:
    if item.pk is None:
        return
    said = {name: staff_words(aviary, item, name) for name in ("author_name", "text", "anchor")}
    EditorialNote.objects.create(kind=kind_of(item), item=item.pk, author=staff, **said)
    review, _made = Review.objects.get_or_create(kind=kind_of(item), item=item.pk)
    review.unreviewed_reason = staff_words(aviary, item, "why without review")
    review.approved_name = staff_words(aviary, item, "guest who approved")
    review.save()


# -- The public world around them -----------------------------------------------------------


def make_hubs() -> dict[Any, Any]:
    """Make one public item of each kind, with a part of each kind, for others to hang on."""
    hubs = {}
    for model in sorted(KINDS, key=lambda kind: kind is make.Office):
        hubs[model] = make_item(model, slug=f"hub-{model._meta.model_name}")
    speech = hubs[Speech]
    make.Contribution.objects.create(speech=speech, name="Somebody", position=1)
    make.make_agenda_item(meeting=hubs[make.Meeting])
    for model, hub in hubs.items():
        if model is not Speech:
            publish_again(hub)
    return hubs


def publish_again(hub: Any) -> None:
    """Give a public item of a test its first version, as the workflow would have."""
    hub.status = Status.DRAFT
    hub.save()
    publish(hub)


NOTES = (Mention, Rejection, Citation)
"""Notes about the passages of a speech: neither items nor parts of any."""


def keys_to(model: Any) -> list[tuple[Any, Any]]:
    """Return every optional relation of an item or a part of one to a kind of item."""
    found = []
    for owner in apps.get_models():
        if owner._meta.app_label not in {"speeches", "initiatives", "pages"}:
            continue
        if owner in NOTES:
            continue
        lists = versioned_lists(owner) if issubclass(owner, Publishable) else []
        for field in [*owner._meta.concrete_fields, *lists]:
            if field.related_model is model and (field.null or field.many_to_many):
                found.append((owner, field))
    return found


def relate(hubs: dict[Any, Any], aviary: Aviary) -> int:
    """Relate what is public and what is hidden to each other, wherever there is a key for it."""
    made = 0
    shut = {key: item for key, item in aviary.items.items()
            if item.pk and key[1] in (*HIDDEN, *TAKEN_BACK)}  # fmt: skip
    states = cycle([state for state in (*HIDDEN, *TAKEN_BACK) if state != "deleted"])
    for model in KINDS:
        for owner, field in keys_to(model):
            if owner is make.Page:
                continue  # A section below one that is not public leaves the menu with it.
            target = aviary.items[model._meta.label_lower, next(states)]
            rows = [hubs[owner]] if owner in hubs else []
            if owner is make.Contribution:
                rows = list(hubs[make.Speech].contributions.all())
            made += sum(_point(row, field, target) for row in rows)
            for item in shut.values():
                if isinstance(item, owner):
                    made += _point(item, field, hubs[model])
                elif owner is make.Contribution and isinstance(item, make.Speech):
                    made += sum(_point(row, field, hubs[model]) for row in item.contributions.all())
    meeting = aviary.items["initiatives.meeting", "draft"]
    hubs[make.Speech].__class__.objects.filter(pk=hubs[make.Speech].pk).update(
        meeting=meeting, agenda_item=meeting.agenda_items.first()
    )
    return made


def _point(row: Any, field: Any, target: Any) -> bool:
    try:
        with transaction.atomic():
            if field.many_to_many:
                getattr(row, field.name).add(target)
            else:
                type(row)._base_manager.filter(pk=row.pk).update(**{field.name: target})
    except IntegrityError:
        return False
    return True


def pictures_of_withdrawn(aviary: Aviary) -> set[str]:
    """Return the addresses of what withdrawn items show on their own pages, still readable."""
    shown = set()
    for (_kind, state), item in aviary.items.items():
        if state == "withdrawn":
            item.refresh_from_db()
            fields = [f for f in item._meta.concrete_fields if isinstance(f, models.ImageField)]
            shown |= {getattr(item, f.name).url for f in fields if getattr(item, f.name)}
    return shown
