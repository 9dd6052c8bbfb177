"""The panel above a form: where the item stands, what is left to do, what can be done now."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from iomsite.publishing.checklist import Finding, findings
from iomsite.publishing.desk import Desk
from iomsite.publishing.models import EditorialNote
from iomsite.publishing.restoring import DoesNotFit
from iomsite.publishing.roles import may
from iomsite.publishing.states import show_state
from iomsite.publishing.transitions import TRANSITIONS, offered

MAIN = (
    "submit", "approve", "publish", "reject", "approve_afterwards", "release", "reschedule",
    "unschedule", "reinstate",
)  # fmt: skip
"""What is offered as a button, in this order; all else stands under “More”."""

SAVING = ("submit", "approve", "publish", "publish_unreviewed")
"""What is done with the words in the form, which are saved first."""

EXPLAINED = ("submit", "approve", "publish")
"""Of these the panel says why they cannot be done; of the others it is plain."""

THEN = "_then"
"""Name of the buttons that save the form and go on to the page of a transition."""

_SAVING_LABELS: dict[str, Any] = {
    "submit": _("Save and submit for review"),
    "approve": _("Save and approve"),
    "publish": _("Save and publish"),
    "publish_unreviewed": _("Save and publish without review"),
}


class Step(NamedTuple):
    """A button: it saves the form and goes on, or it leads to the page of its transition."""

    name: str
    label: Any
    address: str
    saves: bool


class Remark(NamedTuple):
    """A finding of the checklist with the address of the control where it is mended."""

    blocks: bool
    message: str
    address: str


class Panel(NamedTuple):
    """What the panel shows."""

    desk: Desk
    state: str
    main: list[Step]
    more: list[Step]
    refused: list[tuple[str, str]]
    remarks: list[Remark]
    notes: list[EditorialNote]
    note_count: int
    approval_holds: bool
    desk_address: str
    form_id: str


def panel_for(desk: Desk, user: Any, *, editable: bool, formsets: Any = ()) -> Panel:
    """Return the panel of an item for a person, beside a form that can be saved or cannot."""
    decided = {transition.name: decision for transition, decision in offered(desk, user)}
    allowed = {name for name, decision in decided.items() if decision.allowed}
    if editable and desk.is_out and not desk.stage and may(user, "change", desk.item):
        # There is nothing to submit yet, but there will be once the form is saved.
        allowed.add("submit")
    notes = EditorialNote.objects.of(desk.item)
    latest = list(notes[:3])
    return Panel(
        desk=desk,
        state=show_state(desk.item),
        main=[_step(desk, name, editable) for name in MAIN if name in allowed],
        more=[
            _step(desk, name, editable)
            for name in TRANSITIONS
            if name in allowed and name not in MAIN
        ],
        refused=_refused({n: d for n, d in decided.items() if n not in allowed}, desk),
        remarks=remarks_of(desk, formsets) if desk.stage else [],
        notes=latest,
        note_count=notes.count() if len(latest) == 3 else len(latest),
        approval_holds=desk.review.approved_hash == desk.pending_hash,
        desk_address=address_of(desk.item, "desk"),
        form_id=f"{desk.item._meta.model_name}_form",
    )


def remarks_of(desk: Desk, formsets: Any = (), form: str = "") -> list[Remark]:
    """Return the checklist with links into the form, which may be another page."""
    try:
        found = findings(desk)
    except DoesNotFit as error:
        return [Remark(True, problem, "") for problem in error.problems]
    return [
        Remark(f.blocks, str(f.message), f"{form}#{_anchor(f, formsets)}" if f.field else "")
        for f in found
    ]


def address_of(item: Any, page: str, *arguments: Any) -> str:
    """Return the address of a page about an item in the admin."""
    options = item._meta
    name = f"admin:{options.app_label}_{options.model_name}_{page}"
    return reverse(name, args=[item.pk, *arguments])


def _step(desk: Desk, name: str, editable: bool) -> Step:
    saves = editable and name in SAVING
    label = _SAVING_LABELS[name] if saves else TRANSITIONS[name].label
    address = f"{address_of(desk.item, 'transition', name)}?token={desk.token}"
    return Step(name, label, address, saves)


def _refused(decided: dict[str, Any], desk: Desk) -> list[tuple[str, str]]:
    """Return what cannot be done now, joined where the reason is the same."""
    if not desk.stage:
        return []
    reasons: dict[str, list[str]] = {}
    for name in EXPLAINED:
        if name in decided:
            label = str(TRANSITIONS[name].label)
            reasons.setdefault(decided[name].reason, []).append(label)
    return [(" · ".join(labels), reason) for reason, labels in reasons.items()]


def _anchor(finding: Finding, formsets: Any) -> str:
    """Return the id of the control a finding is about.

    `place` is a control of the item, `texts/` the rows of its texts, `texts/17/title` a
    control of the one with the key 17.
    """
    prefix, slash, rest = finding.field.partition("/")
    if not slash:
        return f"id_{prefix}"
    key, _slash, name = rest.partition("/")
    for formset in formsets if key else ():
        for form in formset.formset.initial_forms:
            if formset.formset.prefix == prefix and str(form.instance.pk) == key:
                # The editor hides the control of a long text, so the row is shown instead.
                return f"id_{form.prefix}-{name}" if name != "body" else str(form.prefix)
    return f"{prefix}-group"
