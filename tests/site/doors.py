"""The table of doors: for every address of the site, who gets which answer.

It is written from what the site promises, never from what it happens to answer. A rule is for
one or more addresses by name; `{item}` in a name stands for each kind with a public life.
`get` and `post` say what a role meets at an item in a state.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from tests.site.doors_world import COPIED, FULLY, HIDDEN, MAKERS


class Answer(StrEnum):
    PAGE = "200"
    SIGN_IN = "leads to the door, and back here from there"
    FORBIDDEN = "403"
    UNKNOWN = "404, the same bytes as an address that never was"
    GONE = "410, and not a word of what it was"
    READ_ONLY = "405"
    LEADS = "leads to another page"
    REFUSED = "says why not: 200, 400, 409 or 422, and nothing is changed"
    DONE = "leads on, and something was changed"
    OWN = "a page about nobody but oneself"


Door = Callable[[str, str], Answer]

NOBODY_KNOWN = frozenset({"visitor", "guest"})
OUTSIDE = NOBODY_KNOWN | {"member"}
VIEWERS = frozenset({"editor", "reviewer", "publisher", "administrator"})
EDITORS = frozenset({"editor", "publisher", "administrator"})
"""Who may add and delete. A reviewer changes what others wrote."""
REVIEWERS = frozenset({"reviewer", "publisher", "administrator"})
PUBLISHERS = frozenset({"publisher", "administrator"})
ADMINISTRATORS = frozenset({"administrator"})
STAFF = VIEWERS | {"staff"}

NEVER_OUT = frozenset({"draft", "in_review"})
LIVE = frozenset({"published", "unreviewed", *COPIED})


def desk(
    may: frozenset[str],
    then: Answer = Answer.PAGE,
    missing: Answer = Answer.UNKNOWN,
    **states: Answer,
) -> Door:
    """A page of the admin: strangers sign in first, and rights come before what there is."""

    def answer(role: str, state: str) -> Answer:
        if role in OUTSIDE:
            return Answer.SIGN_IN
        if role not in may:
            return Answer.FORBIDDEN
        return missing if state == "missing" else states.get(state, then)

    return answer


def django_history(may: frozenset[str], then: Answer = Answer.PAGE) -> Door:
    """Django's own list of changes, which looks for the row before it asks who is looking."""
    inside = desk(may, then)

    def answer(role: str, state: str) -> Answer:
        return Answer.LEADS if state == "missing" and role not in OUTSIDE else inside(role, state)

    return answer


def everybody(answer: Answer) -> Door:
    return lambda role, state: answer


def signed_in(answer: Answer, visitor: Answer = Answer.SIGN_IN) -> Door:
    return lambda role, state: visitor if role in NOBODY_KNOWN else answer


def public(
    then: Answer = Answer.PAGE,
    preview: frozenset[str] = frozenset(),
    taken_back: Answer = Answer.GONE,
    withdrawn: Answer = Answer.PAGE,
) -> Door:
    """Something public, which some staff see before."""

    def answer(role: str, state: str) -> Answer:
        if state == "missing":
            return Answer.UNKNOWN
        if state == "removed":
            return taken_back
        if role in preview:
            return then
        if state == "withdrawn":
            return withdrawn
        return Answer.UNKNOWN if state in HIDDEN else then

    return answer


def link(**standings: Answer) -> Door:
    """Whoever holds a token is the guest, with an account or without."""
    return lambda role, state: standings.get(state, Answer.UNKNOWN)


def only_in(states: frozenset[str], may: frozenset[str]) -> Door:
    """Something done in some states and refused, with the reason, in the others."""
    inside = desk(may)

    def answer(role: str, state: str) -> Answer:
        found = inside(role, state)
        if found is not Answer.PAGE:
            return found
        return Answer.DONE if state in states else Answer.REFUSED

    return answer


READ_ONLY = everybody(Answer.READ_ONLY)


class Rule(NamedTuple):
    name: str
    get: Door
    post: Door = READ_ONLY
    """Of a form as it would be sent by somebody who may."""
    over: str = ""
    """What the states are states of: an item, or a link. Else there is one address only."""
    data: str = ""
    """Which form is sent, by its name in the tests."""


ITEM = "{item}"
PENDING = frozenset({"copy", "copy_in_review"})
WAITING = frozenset({"embargoed", "copy_scheduled"})
SUBMITTED = frozenset({"in_review", "copy_in_review"})

TRANSITION_RULES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "submit": (VIEWERS, frozenset({"draft", "copy"})),
    "reject": (REVIEWERS, SUBMITTED),
    "approve": (REVIEWERS, SUBMITTED),
    "publish": (PUBLISHERS, SUBMITTED),
    "publish_unreviewed": (PUBLISHERS, SUBMITTED | {"draft", "copy"}),
    "approve_afterwards": (REVIEWERS, frozenset({"unreviewed"})),
    "release": (PUBLISHERS, WAITING),
    "reschedule": (PUBLISHERS, WAITING),
    "unschedule": (PUBLISHERS, WAITING),
    "withdraw": (PUBLISHERS, LIVE),
    "remove": (PUBLISHERS, LIVE | {"withdrawn"}),
    "reinstate": (PUBLISHERS, frozenset({"withdrawn", "removed"})),
    "discard": (VIEWERS, frozenset(PENDING)),
}
"""Who may do it, and in which states it can be done."""

NOT_SCHEDULED = {"copy_scheduled": Answer.FORBIDDEN}
OUT = dict.fromkeys(("embargoed", "withdrawn", "removed", *LIVE), Answer.FORBIDDEN)
LOST = Answer.LEADS
"""Django's own pages lead to the front page, and say there that the item is not there."""

ITEM_RULES = (
    Rule("admin:{item}_changelist", desk(VIEWERS), desk(VIEWERS, Answer.REFUSED)),
    Rule("admin:{item}_add", desk(EDITORS), desk(EDITORS, Answer.REFUSED)),
    Rule("admin:{item}_preview_new", desk(STAFF, Answer.UNKNOWN),
         desk(EDITORS, Answer.REFUSED)),
    Rule("admin:{item}_change", desk(VIEWERS, missing=LOST),
         desk(VIEWERS, Answer.DONE, missing=LOST, **NOT_SCHEDULED), ITEM, "change"),
    Rule("admin:{item}_delete", desk(EDITORS, missing=LOST, **OUT),
         desk(EDITORS, Answer.DONE, missing=LOST, **OUT), ITEM, "delete"),
    Rule("admin:{item}_history", django_history(VIEWERS),
         django_history(VIEWERS, Answer.REFUSED), ITEM),
    Rule("admin:{item}_item", desk(STAFF, LOST, LOST), desk(STAFF, LOST, LOST), ITEM),
    Rule("admin:{item}_preview", desk(VIEWERS),
         desk(VIEWERS, Answer.REFUSED, **NOT_SCHEDULED), ITEM),
    Rule("admin:{item}_part", desk(VIEWERS, Answer.UNKNOWN),
         desk(VIEWERS, Answer.REFUSED, **NOT_SCHEDULED), ITEM),
    Rule("admin:{item}_links", desk(VIEWERS), desk(VIEWERS, Answer.REFUSED), ITEM),
    Rule("admin:{item}_revoke", desk(VIEWERS, Answer.LEADS), desk(VIEWERS, Answer.UNKNOWN), ITEM),
    Rule("admin:{item}_versions", desk(VIEWERS), desk(VIEWERS, Answer.REFUSED), ITEM),
    Rule("admin:{item}_comparison", desk(VIEWERS), desk(VIEWERS, Answer.REFUSED), ITEM),
    Rule("admin:{item}_restore",
         desk(VIEWERS, draft=Answer.UNKNOWN, in_review=Answer.UNKNOWN),
         desk(VIEWERS, Answer.REFUSED, draft=Answer.UNKNOWN, in_review=Answer.UNKNOWN), ITEM),
    Rule("admin:{item}_merge", desk(VIEWERS, Answer.LEADS, **NOT_SCHEDULED),
         desk(VIEWERS, Answer.LEADS, **NOT_SCHEDULED), ITEM),
    Rule("admin:{item}_desk", desk(VIEWERS), desk(VIEWERS, Answer.DONE), ITEM, "note"),
    *(
        Rule(f"admin:{{item}}_transition/{name}", desk(may), only_in(states, may), ITEM, name)
        for name, (may, states) in TRANSITION_RULES.items()
    ),
)  # fmt: skip

DIRECTORY = tuple(kind for kind in MAKERS if kind not in FULLY)


def owned(kind: str, may: frozenset[str], alone: frozenset[str] | None = None) -> tuple[Rule, ...]:
    """A list of rows without a public life: who sees them, and who may change them."""
    writers = may if alone is None else alone
    return (
        Rule(f"admin:{kind}_changelist", desk(may), desk(may, Answer.REFUSED)),
        Rule(f"admin:{kind}_add", desk(writers), desk(writers, Answer.REFUSED)),
        Rule(f"admin:{kind}_change", desk(may, missing=LOST),
             desk(writers, Answer.REFUSED, missing=LOST), "row"),
        Rule(f"admin:{kind}_delete", desk(writers, missing=LOST),
             desk(writers, Answer.DONE, missing=LOST), "row", "delete"),
        Rule(f"admin:{kind}_history", django_history(may),
             django_history(may, Answer.REFUSED), "row"),
        Rule(f"admin:{kind}_item", desk(STAFF, LOST, LOST), desk(STAFF, LOST, LOST), "row"),
    )  # fmt: skip
