"""Every door of the site, tried by everybody: each address, method, role and state.

What must happen stands in the table of doors. For speeches and pages every state is tried by
every role; the other kinds share their code, so there only the rights are tried. Methods but
GET and POST open nothing that these do not.
"""

from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client, override_settings

from iomsite.publishing.desk import Desk
from tests.forms import shown_form
from tests.loaded import loaded_for_a_class
from tests.site.asking import Address, Answered, addresses, ask, checksum, path_to, values_of
from tests.site.doors import ITEM, Answer
from tests.site.doors_table import BY_NAME, FORGERY_IS_NOBODYS, RULES
from tests.site.doors_world import ROLES, STATES, World

ADDRESSES = {address.name: address for address in addresses()}
TRIED = list(ADDRESSES)[:: 15 if connection.vendor == "postgresql" else 1]
"""Rights do not depend on the database; on the second one every fifteenth address is enough."""
TRIED_ONCE = [
    name
    for name in TRIED
    if not name.startswith("admin:initiatives_") or name.startswith("admin:initiatives_organ")
]
"""The pages of the directory's kinds share their code: for one kind they get every method."""
pytestmark = pytest.mark.django_db

DOORS = ("/admin/login/?next=", "/accounts/login/?next=")
FULL = ("admin:speeches_speech", "admin:pages_page")
LINKS = ("open", "over", "revoked", "changed", "public", "unknown")
OTHER_METHODS = ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")


@pytest.fixture(scope="class")
def world(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("doors")
    places = {"MEDIA_ROOT": folder / "media", "PRIVATE_ROOT": folder / "private"}
    with override_settings(**places), loaded_for_a_class(django_db_blocker):
        made = World()
        made.places, made.checksum = places, checksum()
        yield made


@pytest.fixture(autouse=True)
def its_files(request: Any, settings: Any, files_of_its_own: None) -> None:
    """Let each test have the files that were made for all."""
    if "world" in request.fixturenames:
        for name, place in request.getfixturevalue("world").places.items():
            setattr(settings, name, place)


def test_every_address_has_its_rule_and_every_rule_its_address() -> None:
    assert set(ADDRESSES) - set(BY_NAME) == set()
    assert set(BY_NAME) - set(ADDRESSES) == set()
    assert len(BY_NAME) == len(RULES)


def cells(name: str) -> Iterator[tuple[str, str]]:
    """Yield who tries an address, and at what in which state."""
    rule = BY_NAME[name]
    states: tuple[str, ...] = {ITEM: STATES, "link": LINKS, "row": ("draft", "missing")}.get(
        rule.over, ("",)
    )
    if name.startswith(FULL[0]) and rule.over == ITEM:
        states = ("draft", "published", "unreviewed", "copy_scheduled", "removed", "missing")
    if not name.startswith("admin:") or name.startswith(FULL) or rule.over != ITEM:
        yield from ((role, state) for role in ROLES for state in states)
        return
    yield from ((role, "published") for role in ("visitor", "staff", "reviewer"))
    yield from (("staff", "missing"), ("editor", "draft"))


def who_tries_other_methods(name: str) -> tuple[str, ...]:
    if name.startswith("admin:initiatives"):
        return ("staff",)
    return ("visitor", "administrator") if name.startswith("admin:") else ("visitor", "staff")


def test_thousands_of_doors_are_tried() -> None:
    asked = sum(1 for name in ADDRESSES for _cell in cells(name))
    others = sum(len(OTHER_METHODS) * len(who_tries_other_methods(name)) for name in TRIED_ONCE)

    # Each is asked for its page, sent its form, and sent one from another site.
    assert 2 * asked + others + len(TRIED_ONCE) > 15_000


def check(expected: Answer, got: Answered, path: str, world: World, role: str, name: str) -> None:
    """Check one answer against what the table says."""
    where = f"{role} at {path}: {got.status} {got.location}, not {expected.value}"
    statuses, wrote = MEANS[expected]
    if expected is Answer.UNKNOWN and _is_looked_for_in_a_language(got, path):
        return
    assert got.status in statuses, where
    if wrote is not None:
        assert got.wrote is wrote, f"{where}; something was changed: {got.wrote}"
    if expected is Answer.SIGN_IN:
        assert got.location.startswith(DOORS), where
        assert unquote(got.location).partition("?next=")[2] == path, where
    elif expected is Answer.LEADS:
        assert got.location, where
    elif expected is Answer.GONE:
        for state in ("removed", "withdrawn", "over", "since", "public"):
            assert f"Quixotry {state}".encode() not in got.body, where


MEANS: dict[Answer, tuple[set[int], bool | None]] = {
    Answer.PAGE: ({200}, False),
    Answer.SIGN_IN: ({302}, False),
    Answer.FORBIDDEN: ({403}, False),
    Answer.UNKNOWN: ({404}, False),
    Answer.GONE: ({410}, False),
    Answer.READ_ONLY: ({405}, False),
    Answer.LEADS: ({301, 302}, False),
    Answer.REFUSED: ({200, 302, 400, 409, 422}, False),
    Answer.DONE: ({302}, True),
    Answer.OWN: ({200, 302, 404, 405}, None),
}


class TestEveryDoor:
    @pytest.mark.parametrize("name", TRIED)
    def test_who_asks_for_a_page_gets_what_the_table_says(self, name: str, world: World) -> None:
        rule, address, unknown = BY_NAME[name], ADDRESSES[name], {}
        for role, state in sorted(cells(name), key=lambda cell: cell[1] != "missing"):
            path = path_to(world, address, state)
            got = ask(world, role, "GET", path)
            expected = rule.get(role, state)
            check(expected, got, path, world, role, name)
            if expected is Answer.UNKNOWN and state:
                same = _neutral(got, values_of(world, address, state), address)
                assert unknown.setdefault(role, same) == same, f"{role} at {path} tells it exists"

    @pytest.mark.parametrize("name", TRIED)
    def test_who_sends_a_form_gets_what_the_table_says(self, name: str, world: World) -> None:
        rule, address = BY_NAME[name], ADDRESSES[name]
        for role, state in cells(name):
            path = path_to(world, address, state)
            expected = rule.post(role, state)
            forms: list[dict[str, Any]] = [{}]
            if rule.data:
                whole = _form(world, name, rule.data, state)
                forms = [{}, whole] if expected is Answer.DONE else [whole]
            for form in forms:
                wanted = Answer.REFUSED if expected is Answer.DONE and not form else expected
                got = ask(world, role, "POST", path, form)
                check(wanted, got, path, world, role, name)

    @pytest.mark.parametrize("name", ["admin:embargoes", "speeches:speech", "speeches:history"])
    @override_settings(ROOT_URLCONF="tests.site.doors_left_open")
    def test_a_door_that_is_left_open_is_found(self, name: str, world: World) -> None:
        with pytest.raises(AssertionError):
            self.test_who_asks_for_a_page_gets_what_the_table_says(name, world)

    @override_settings(ROOT_URLCONF="tests.site.doors_left_open")
    def test_a_form_that_is_taken_from_anybody_is_found(self, world: World) -> None:
        with pytest.raises(AssertionError, match="something was changed: True"):
            self.test_who_sends_a_form_gets_what_the_table_says("admin:index", world)

    @pytest.mark.parametrize("name", TRIED_ONCE)
    def test_no_other_method_opens_or_changes_more(self, name: str, world: World) -> None:
        rule, address = BY_NAME[name], ADDRESSES[name]
        state = {ITEM: "draft", "link": "open", "row": "draft"}.get(rule.over, "")
        path = path_to(world, address, state)
        for role in who_tries_other_methods(name):
            known = {*MEANS[rule.get(role, state)][0], *MEANS[rule.post(role, state)][0], 405}
            for method in OTHER_METHODS:
                got = ask(world, role, method, path)
                bare = method == "OPTIONS" and got.status == HTTPStatus.OK and not got.body
                unknown = Answer.UNKNOWN in (rule.get(role, state), rule.post(role, state))
                elsewhere = unknown and _is_looked_for_in_a_language(got, path)
                known_answer = got.status in known or bare or elsewhere
                assert known_answer, f"{role}: {method} {path}: {got.status}"
                assert not got.wrote, f"{role}: {method} {path}"

    @pytest.mark.parametrize("name", TRIED_ONCE)
    def test_no_other_site_sends_a_form_in_somebody_s_name(self, name: str, world: World) -> None:
        rule, address = BY_NAME[name], ADDRESSES[name]
        state = {ITEM: "published", "link": "open", "row": "draft"}.get(rule.over, "")
        path = path_to(world, address, state)
        careful = Client(enforce_csrf_checks=True)
        careful.cookies = world.browsers["administrator"].cookies
        status = careful.post(path, {"post": "yes"}).status_code
        assert (status == HTTPStatus.FORBIDDEN) is (name not in FORGERY_IS_NOBODYS), status


def _is_looked_for_in_a_language(got: Answered, path: str) -> bool:
    """Say whether an answer leads to where the address is unknown as well, in a language."""
    return got.location == f"/en{path}"


def _neutral(got: Answered, values: dict[str, Any], address: Address) -> Any:
    """Return an answer without the words of the address that was asked for."""
    if address.name.startswith("admin:"):
        return got.status
    body = got.body
    for word in sorted((str(value) for value in values.values()), key=len, reverse=True):
        if len(word) > len("en"):
            body = body.replace(word.encode(), b"*")
    return got.status, body, got.headers


def _form(world: World, name: str, data: str, state: str) -> dict[str, Any]:
    """Return the form that somebody who may do it would send."""
    kept = world.forms.setdefault((name, state), {})
    if kept:
        return kept
    if data == "delete":
        kept["post"] = "yes"
    elif data == "note":
        kept.update(form="note", text="A note.")
    elif state == "missing":
        kept["token"] = "none"
    elif data == "change":
        kept.update(_changed(world, name, state))
    else:
        # What cannot be done shows no form; here it is sent all the same.
        kind = name.removeprefix("admin:").partition("_transition/")[0]
        kept.update(token=Desk(world.items[kind, state]).token, reason="Why.", notice="Why.")
        if data == "reschedule":
            kept["at"] = "2031-01-01T12:00:00"
    return kept


def _changed(world: World, name: str, state: str) -> dict[str, Any]:
    page = path_to(world, ADDRESSES[name], state)
    form = shown_form(world.browsers["administrator"], page)
    field = "texts-0-title" if "texts-0-title" in form else "name"
    return form | {field: "Quite other words"}


def test_the_admin_has_no_list_that_the_table_does_not_know() -> None:
    lists = {
        f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        for model in admin.site._registry
    }
    assert lists <= set(BY_NAME)
