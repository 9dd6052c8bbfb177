"""`check_urls` proves that what was public once is answered, and can fail."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from iomsite.addresses.checking import Prober, sample
from iomsite.addresses.ledger import record_move, remember
from iomsite.addresses.models import PublicAddress
from iomsite.publishing.models import Status
from tests.make import make_meeting, make_speech
from tests.world import make_world

pytestmark = pytest.mark.django_db


def test_a_site_that_answers_for_everything_passes(capsys: Any) -> None:
    make_world()
    renamed = make_meeting(slug="old")
    remember(renamed)
    renamed.slug = "new"
    renamed.save()
    deleted = make_meeting(slug="deleted")
    remember(deleted)
    deleted.delete()
    call_command("remember_addresses")

    call_command("check_urls", all_languages=True)

    words = capsys.readouterr().out
    assert "6 redirects" in words
    # The deleted meeting, and the removed speech with its text and its history, in six languages.
    assert "24 gone" in words


def test_an_address_that_is_lost_is_named(capsys: Any) -> None:
    meeting = make_meeting(slug="lost")
    remember(meeting)
    meeting.status = Status.DRAFT
    meeting.save()

    with pytest.raises(CommandError, match="1 addresses"):
        call_command("check_urls", sample=0)
    assert "/en/meetings/lost/: answers 404" in capsys.readouterr().err


def test_what_is_public_but_not_in_the_ledger_is_named(capsys: Any) -> None:
    make_speech(slug="unwritten")

    with pytest.raises(CommandError):
        call_command("check_urls")
    assert "/speeches/unwritten/: is public, but not in the ledger" in capsys.readouterr().err


def test_a_redirect_to_a_redirect_is_a_problem() -> None:
    # A country in small letters leads to the one in capitals.
    prober = Prober()

    assert prober.problem_with("/en/countries/ch/") is None
    problem = prober.problem_with("/en/countries/ch")
    assert problem is not None
    assert "which answers 301" in str(problem)


def test_an_item_merged_into_a_removed_one_is_gone_in_one_step() -> None:
    old, new = make_meeting(slug="old"), make_meeting(slug="new")
    remember(old)
    record_move(old, new, None)
    old.delete()
    new.status, new.public_notice = Status.REMOVED, "It never took place."
    new.save()
    prober = Prober()

    assert prober.problem_with("/en/meetings/old/") is None
    assert prober.answers == {410: 1}


def test_a_page_that_breaks_is_a_problem_and_does_not_stop_the_check() -> None:
    PublicAddress.objects.create(
        path="/nowhere/", kind="x.y", item=1, first_public_at=timezone.now()
    )
    problem = Prober().problem_with("/en/search/feed/x")

    assert problem is not None
    assert "404" in problem.what


@pytest.mark.parametrize(
    ("total", "size", "chosen"), [(10, 3, 4), (10, 0, 0), (3, 9, 3), (0, 5, 0)]
)
def test_a_sample_is_spread_evenly(total: int, size: int, chosen: int) -> None:
    assert len(sample(total, size)) == chosen
