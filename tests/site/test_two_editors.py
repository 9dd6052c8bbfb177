"""Several editors at one item: whatever the order of things, nothing that was saved is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from iomsite.pages.models import Page
from iomsite.publishing.desk import Desk
from iomsite.publishing.models import Version
from iomsite.publishing.workflow import Refused, perform
from tests.make import make_page, make_staff
from tests.site.editors import BODY, Play, form_of, words_of

pytestmark = pytest.mark.django_db

INTERLEAVINGS = 200 if connection.vendor == "sqlite" else 60
BATCHES, STEPS = (10 if connection.vendor == "sqlite" else 2), 8


@pytest.fixture
def users() -> list[tuple[User, Client]]:
    found = []
    for _number in range(3):
        user, client = make_staff(), Client()
        client.force_login(user)
        found.append((user, client))
    return found


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_interleaving_loses_an_update(batch: int, users: list[tuple[User, Client]]) -> None:
    accepted = refused = 0
    for seed in range(batch, INTERLEAVINGS, BATCHES):
        play = Play(seed, users, is_careless=False)
        play.run(STEPS)
        accepted, refused = accepted + play.accepted, refused + play.refused

    assert accepted > INTERLEAVINGS // 20
    assert refused > INTERLEAVINGS // 200


def test_without_the_token_updates_are_lost(users: list[tuple[User, Client]]) -> None:
    """The control: the same plays, with every form sent as if it showed the newest state."""
    lost = 0
    for seed in range(60):
        try:
            Play(seed, users, is_careless=True).run(STEPS)
        except AssertionError:
            lost += 1

    assert lost > 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's writers take turns")
def test_of_people_who_save_in_the_same_moment_one_is_heard_and_the_others_are_asked() -> None:
    page, people = make_page(body="<p>It began.</p>"), [make_staff() for _number in range(4)]
    for attempt in range(10):
        form, desk = form_of(Desk(page)), Desk(page)
        assert form is not None
        together = Barrier(len(people))

        def save(word: str, form: Any = form, together: Barrier = together) -> int:
            client = Client()
            client.force_login(people[int(word[-1])])
            body = form[BODY] + f"<p>It said {word}</p>"
            together.wait(timeout=60)
            try:
                address = f"/admin/pages/page/{page.pk}/change/"
                return client.post(address, form | {BODY: body}).status_code
            finally:
                connection.close()

        words = [f"w{attempt}{number}" for number in range(len(people))]
        with ThreadPoolExecutor(len(people)) as pool:
            answers = list(pool.map(save, words))
        assert sorted(answers) == [302, 409, 409, 409]
        heard = words[answers.index(302)]
        assert words_of(Desk(page).content) == words_of(desk.content) | {heard}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's writers take turns")
def test_a_publish_asked_for_by_several_in_the_same_moment_makes_one_version() -> None:
    page, people = make_page(status="draft"), [make_staff() for _number in range(4)]
    perform("submit", page)
    token, together = Desk(Page.objects.get(pk=page.pk)).token, Barrier(len(people))

    def publish(user: User) -> bool:
        together.wait(timeout=60)
        try:
            perform("publish", page, user, token=token)
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(people)) as pool:
        answers = list(pool.map(publish, people))
    assert answers.count(True) == 1
    assert Version.objects.of(page).count() == 1
