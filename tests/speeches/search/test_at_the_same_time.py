"""Changes and builders at the same time, in transactions of their own."""

import threading

import pytest
from django.db import connection, transaction

from iomsite.publishing.models import Status
from speeches.models import SearchChange, Speech
from speeches.search.index.building import apply_changes, rebuild
from tests.searching import hits, index_everything, say

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def both_may_write():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one transaction write at a time.")


def in_another_thread(work):
    """Run something with a connection of its own; what it raises is raised at the end."""
    problems = []

    def run():
        try:
            work()
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()

    def finished():
        thread.join(timeout=30)
        assert not thread.is_alive()
        for problem in problems:
            raise problem

    return finished


def test_a_change_noted_while_an_earlier_one_is_taken_in_is_not_lost(both_may_write):
    speech = say("told", "Water.")
    index_everything()
    with transaction.atomic():
        SearchChange.objects.create(kind="speech", key=str(speech.pk))
    noted, taken_in = threading.Event(), threading.Event()

    def withdraw():
        with transaction.atomic():
            mine = Speech.objects.get(pk=speech.pk)
            mine.status, mine.public_notice = Status.WITHDRAWN, "Taken back for a test."
            mine.save()
            noted.set()
            assert taken_in.wait(timeout=30)

    finished = in_another_thread(withdraw)
    assert noted.wait(timeout=30)
    while apply_changes():
        pass
    taken_in.set()
    finished()

    assert not SearchChange.objects.exists()
    assert hits("water") == []


def test_a_reader_is_answered_while_indexes_take_over(both_may_write):
    for number in range(5):
        say(f"speech-{number}", "Water.")
    index_everything()
    done = threading.Event()

    def read():
        while not done.is_set():
            assert len(hits("water")) == 5

    finished = in_another_thread(read)
    try:
        for _time in range(5):
            rebuild()
    finally:
        done.set()
    finished()


def test_an_index_built_anew_by_another_process_is_read(both_may_write):
    say("told", "Water.")
    index_everything()
    assert hits("water") == ["told"]

    in_another_thread(rebuild)()
    say("later", "Water.")

    assert set(hits("water")) == {"told", "later"}
