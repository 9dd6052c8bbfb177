"""Nothing that is not public is found anywhere: hundreds of words, every address of a visitor.

First a public world is asked for everything. Then hidden items of every kind in every state
are planted into it, related to all that is public; it must answer as before, byte for byte.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.test import Client, override_settings

from iomsite.publishing.models import PublishedQuerySet, Version
from iomsite.publishing.workflow import perform
from speeches.models import Attachment
from tests import make
from tests.loaded import loaded_for_a_class
from tests.searching import index_everything
from tests.site import naming, planting, surfaces
from tests.site.canaries import HIDDEN, KINDS, NEXT, PAST, STATES, TAKEN_BACK, WORD, Aviary, mint
from tests.site.surfaces import Visitor

pytestmark = pytest.mark.django_db

NEVER = ("staff_note", "file content")
"""Words of a withdrawn item that are not on its own page either."""

MOST_ASKED = 12
"""Words that each address with a place for one is asked for."""

SEARCHED = ("name", "title", "body", "text", "place", "acronym", "reference", "office_name", "slug")


@pytest.fixture(scope="class")
def world(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Any]:
    folder: Path = tmp_path_factory.mktemp("leaks")
    places = {"MEDIA_ROOT": folder / "media", "PRIVATE_ROOT": folder / "private"}
    began = time.process_time()
    with override_settings(**places), loaded_for_a_class(django_db_blocker):
        made = SimpleNamespace(places=places, aviary=Aviary(), visitor=Visitor())
        _build(made)
        yield made
    words, asked = made.aviary.hidden, made.visitor.asked
    print(f"\n{len(words)} words in {len(made.aviary.records)} records, {asked} requests,"
          f" {time.process_time() - began:.0f} seconds of a processor")  # fmt: skip


def _build(made: Any) -> None:
    staff, aviary = make.make_staff(), made.aviary
    made.staff, made.hubs = staff, planting.make_hubs()
    for model in KINDS:
        for state in (*NEXT, *PAST):
            planting.begin(aviary, model, state)
    index_everything()
    naming.name_the_public(made.hubs)
    made.public = [*surfaces.plain()]
    public = [item for key, item in aviary.items.items() if key[1] in ("copy", *PAST)]
    for item in [*made.hubs.values(), *public]:
        made.public += surfaces.own_addresses(type(item), item.slug, numbers=5)
    made.public = list(dict.fromkeys(made.public))
    made.before = made.visitor.crawl(made.public)
    for model in KINDS:
        for state in STATES:
            if state not in PAST:
                planting.plant(aviary, model, state, staff)
    made.links = planting.relate(made.hubs, aviary)
    made.names = naming.name_the_hidden(made.hubs, aviary)
    index_everything()
    made.after = made.visitor.crawl(made.public)
    made.unknown = mint()
    made.own = {made.unknown: made.visitor.crawl(surfaces.with_slug(made.unknown))}
    for slug, (kind, state) in aviary.slugs.items():
        everywhere = surfaces.with_slug(slug)
        own = surfaces.own_addresses(apps.get_model(kind), slug)
        made.own[slug] = made.visitor.crawl(everywhere if state == "draft" else own)


@pytest.fixture(autouse=True)
def its_files(request: Any, settings: Any, files_of_its_own: None) -> None:
    """Let each test have the files that were made for all."""
    for name, place in request.getfixturevalue("world").places.items():
        setattr(settings, name, place)


def leaks(aviary: Aviary, address: str, text: str) -> set[str]:
    """Return the hidden words in an answer that were not in the question."""
    found = set(WORD.findall(text)) & aviary.hidden.keys()
    return {
        f"{address}: {aviary.words[word]}"
        for word in found - set(WORD.findall(address.lower()))
        if not _is_own_page(aviary, address, word)
    }


def _is_own_page(aviary: Aviary, address: str, word: str) -> bool:
    """Say whether it is the page of a withdrawn item itself, which stays readable."""
    owner, state, field = aviary.words[word]
    if state != "withdrawn" or field.endswith(NEVER):
        return False
    item = aviary.items[owner, state]
    path = getattr(item, "get_absolute_url", str)().removeprefix("/en")
    return path != "" and address.split("?", maxsplit=1)[0].removeprefix("/en").startswith(path)


class TestNothingHidden:
    """One world for all of them; what a test changes is rolled back."""

    def test_there_are_enough_words_in_every_kind_and_state(self, world: Any) -> None:
        planted = {(owner, state) for owner, state, _field in world.aviary.words.values()}

        assert {(kind._meta.label_lower, state) for kind in KINDS for state in STATES} <= planted
        assert len(world.aviary.records) >= 200
        assert world.links >= 100

    def test_the_public_world_answers_byte_for_byte_as_without_it(self, world: Any) -> None:
        differing = [each for each in world.public if world.before[each] != world.after[each]]

        assert differing == []

    def test_no_word_is_in_an_answer(self, world: Any) -> None:
        pages = dict(world.after)
        for answers in world.own.values():
            pages |= answers

        assert set().union(*(leaks(world.aviary, *each) for each in _texts(pages))) == set()

    def test_the_address_of_what_is_hidden_answers_like_an_unknown_one(self, world: Any) -> None:
        unknown = world.unknown
        different = []
        for slug, (kind, state) in world.aviary.slugs.items():
            if state in TAKEN_BACK:
                continue
            for address, answer in world.own[slug].items():
                other = world.own[unknown][address.replace(slug, unknown)]
                if _renamed(answer, slug, unknown) != other:
                    different.append((kind, state, address))

        assert different == []

    def test_what_was_removed_says_why_and_no_more(self, world: Any) -> None:
        for slug, (_kind, state) in world.aviary.slugs.items():
            if state == "removed":
                assert {answer.status for answer in world.own[slug].values()} <= {404, 410}

    def test_asking_for_a_hidden_word_is_asking_for_one_nobody_ever_used(self, world: Any) -> None:
        words = _spread(world.aviary)
        different = []
        for template in surfaces.asked_for():
            other = world.visitor.get(template.format(world.unknown))
            for word in words:
                answer = world.visitor.get(template.format(word))
                if _renamed(answer, word, world.unknown) != other:
                    different.append((template, word, world.aviary.words[word]))

        assert different == []

    def test_files_and_pictures_answer_like_unknown_ones(self, world: Any) -> None:
        highest = Attachment.objects.order_by("-pk").values_list("pk", flat=True)[0]
        asked = [f"/files/{checksum}/{name}" for checksum, name in world.aviary.files]
        asked += [f"/files/{pk}/{world.aviary.files[0][1]}" for pk in range(1, highest + 2)]
        asked += [f"/files/{row.pk}/{row.file_name}" for row in Attachment.objects.exclude(file="")]
        for root, prefix in (("MEDIA_ROOT", "/media/"), ("PRIVATE_ROOT", "/media/")):
            for path in Path(world.places[root]).rglob("*.*"):
                asked.append(prefix + str(path.relative_to(world.places[root])))

        answers = world.visitor.crawl(dict.fromkeys(asked))

        assert len(answers) >= 50
        given = {each for each, answer in answers.items() if answer.status not in {404, 410}}
        assert given <= planting.pictures_of_withdrawn(world.aviary)
        assert [each for each in _texts(answers) if leaks(world.aviary, *each)] == []

    def test_nothing_stays_for_visitors_of_what_staff_looked_at(self, world: Any) -> None:
        staff = Client()
        staff.force_login(world.staff)
        looked = Visitor(staff).crawl([*world.public[:60], *_own_pages(world)])
        seen = set().union(*(WORD.findall(answer.text) for answer in looked.values()))

        again = world.visitor.crawl([*world.public[:60], *_own_pages(world)])

        assert len(seen & world.aviary.hidden.keys()) >= 50
        for address, answer in again.items():
            kept = world.after.get(address) or world.own[_slug_in(world, address)][address]
            assert answer == kept, address

    def test_only_the_guests_link_opens_what_it_was_made_for(self, world: Any) -> None:
        for token in world.aviary.tokens:
            shown = world.visitor.get(f"/preview/{token}/")
            words = [world.aviary.words[word] for word in WORD.findall(shown.text)]
            owners = {word[:2] for word in words if not word[2].endswith(".guest")}
            assert len(owners) <= 1, owners
            wrong = world.visitor.get(f"/preview/{token[::-1]}/")
            assert (wrong.status, WORD.findall(wrong.text)) == (404, [])

    @pytest.mark.parametrize("action", ["withdraw", "remove"])
    def test_an_old_etag_brings_nothing_back(self, world: Any, action: str) -> None:
        shown = [each for each in world.public if world.hubs[make.Organization].slug in each]
        tags = {each: world.visitor.client.get(each).get("ETag", "") for each in shown}
        perform(action, world.hubs[make.Organization], None, notice="Taken back for a test.")
        index_everything()

        asked = [each for each, tag in tags.items() if tag]

        assert asked != []
        for address in asked:
            answer = world.visitor.get(address, if_none_match=tags[address])
            assert answer.status != 304, address


class TestTheTestsAboveWouldNotice:
    """Each of these opens something by mistake."""

    @pytest.fixture(autouse=True)
    def gate(self, world: Any, monkeypatch: Any) -> Any:
        return monkeypatch

    def test_a_published_canary_is_found_in_many_places(self, world: Any) -> None:
        for kind in ("initiatives.organization", "speeches.speech", "pages.page",
                     "initiatives.person"):  # fmt: skip
            item = world.aviary.items[kind, "draft"]
            item.refresh_from_db()
            perform("publish_unreviewed", item, None, reason="For a test.")
        index_everything()

        answers = world.visitor.crawl(surfaces.plain(("en",)))
        found = [each for each in _texts(answers) if leaks(world.aviary, *each)]
        both = answers.keys() & world.after.keys()
        changed = [each for each in both if answers[each] != world.after[each]]

        assert len(found) >= 10
        assert len(changed) >= len(found)

    def test_a_gate_that_is_open_by_mistake(self, world: Any, gate: Any) -> None:
        gate.setattr(PublishedQuerySet, "published", lambda rows: rows.all())
        gate.setattr(PublishedQuerySet, "visible_to", lambda rows, user: rows.all())
        world.visitor.client.cookies["sessionid"] = "none"  # past what is kept

        pages = world.visitor.crawl(surfaces.plain(("en",)))
        own = world.visitor.crawl(_own_pages(world))
        world.visitor.client.cookies.clear()

        assert len([each for each in _texts(pages) if leaks(world.aviary, *each)]) >= 5
        assert len([answer for answer in own.values() if answer.status == 200]) >= 20

    def test_versions_that_were_never_public(self, world: Any, gate: Any) -> None:
        gate.setattr(Version.objects.all().__class__, "ever_public", lambda rows: rows.all())
        speech = world.aviary.items["speeches.speech", "replaced under embargo"]
        world.visitor.client.cookies["sessionid"] = "none"

        answers = world.visitor.crawl(surfaces.with_slug(speech.slug))
        world.visitor.client.cookies.clear()

        assert any(leaks(world.aviary, *each) for each in _texts(answers))


def _texts(answers: dict[str, Any]) -> Iterator[tuple[str, str]]:
    return ((address, answer.text) for address, answer in answers.items())


def _renamed(answer: Any, word: str, unknown: str) -> Any:
    shown = {name: value.replace(word, unknown) for name, value in answer.headers.items()}
    return answer._replace(body=answer.body.replace(word, unknown), headers=shown)


def _spread(aviary: Aviary) -> list[str]:
    """Return words to ask for: one of each searched field, kind and state in turn."""
    chosen: dict[tuple[str, str], str] = {}
    for number, (word, (owner, state, field)) in enumerate(aviary.hidden.items()):
        if field.rpartition(".")[2] in SEARCHED:
            chosen.setdefault((owner, field) if number % 2 else (state, field), word)
    words = list(chosen.values())
    return words[:: max(1, len(words) // MOST_ASKED)]


def _own_pages(world: Any) -> list[str]:
    """Return the main address of every hidden item that has one."""
    found = []
    for (_kind, state), item in world.aviary.items.items():
        path = getattr(item, "get_absolute_url", str)()
        if state in HIDDEN and item.pk and path and "#" not in path:
            found.append(path)
    return found


def _slug_in(world: Any, address: str) -> str:
    return next(slug for slug in world.aviary.slugs if slug in address)
