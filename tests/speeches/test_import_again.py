"""Writing parsed speeches: what is skipped, renewed, refused."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from speeches.importers.parsed import (
    RowProblem,
)
from speeches.models import Contribution, Passage, Source, Speech, SpeechText
from tests.make import (
    make_speech,
)
from tests.speeches.parsed import TEXT, a_source, messages, parsed, problems, spoken_by, write

pytestmark = pytest.mark.django_db


class TestImportingAgain:
    def test_changes_nothing(self) -> None:
        write(parsed())
        before = Speech.objects.values().get()
        report = write(parsed())
        assert (report.created, report.updated, report.skipped) == (0, 0, 1)
        assert Speech.objects.values().get() == before

    def test_renews_a_draft_that_nobody_edited_and_keeps_its_anchors(self) -> None:
        write(parsed(contributions=spoken_by("Ada")))
        text = replace(TEXT, html="<p>New start.</p><p>First words.</p><p>Second words.</p>")
        changed = parsed(
            source=a_source(checksum="b" * 64), texts=(text,), contributions=spoken_by("Bo")
        )
        report = write(changed)
        assert (report.updated, Speech.objects.count()) == (1, 1)
        anchors = Passage.objects.order_by("position").values_list("anchor", flat=True)
        assert list(anchors) == ["p3", "p1", "p2"]
        assert Contribution.objects.get().name == "Bo"
        assert Source.objects.get().checksum == "b" * 64
        assert write(changed).skipped == 1
        assert write(replace(changed, source=a_source(checksum="c" * 64))).updated == 1

    @pytest.mark.parametrize("model", [Speech, SpeechText])
    def test_leaves_a_draft_that_somebody_edited(self, model: Any) -> None:
        write(parsed())
        model.objects.get().save()
        report = write(parsed(source=a_source(checksum="b" * 64), place="Oslo"))
        assert (report.updated, report.skipped) == (0, 1)
        assert Speech.objects.get().place == ""
        assert "Changed at its source" in messages(report)

    def test_leaves_what_is_public(self) -> None:
        write(parsed(), publish=True)
        report = write(parsed(source=a_source(checksum="b" * 64)), publish=True)
        assert (report.updated, report.skipped) == (0, 1)

    def test_takes_the_same_text_at_another_address_for_a_duplicate(self) -> None:
        report = write(parsed(), parsed(source=a_source("copy.csv#1")))
        assert (report.created, report.skipped) == (1, 1)
        assert "the same text was imported from speeches.csv#1" in messages(report)

    def test_a_dry_run_tells_the_same_and_saves_nothing(self) -> None:
        report = write(parsed(), parsed(source=a_source("copy.csv#1")), dry_run=True)
        assert (report.created, report.skipped) == (1, 1)
        assert not Speech.objects.exists()


class TestBadInput:
    @pytest.mark.parametrize("field", ["slug", "reference"])
    def test_what_names_another_speech_is_refused(self, field: str) -> None:
        make_speech(slug="taken", reference="taken", delivered_on=date(2001, 1, 1))
        report = write(parsed(**{field: "taken"}))
        assert problems(report) == [("speeches.csv#1", field)]
        assert "belongs already to the speech taken" in messages(report)
        assert Speech.objects.count() == 1

    def test_two_rows_of_one_slug_give_one_speech_and_one_problem(self) -> None:
        second = parsed(source=a_source("speeches.csv#2", "b" * 64), slug="one")
        report = write(parsed(slug="one"), second)
        assert (report.created, problems(report)) == (1, [("speeches.csv#2", "slug")])

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"texts": ()}, "texts"),
            ({"texts": (TEXT, TEXT)}, "texts"),
            ({"texts": (TEXT, replace(TEXT, language="fr"))}, "texts"),
            ({"texts": (replace(TEXT, html="<script>only()</script>"),)}, "text"),
            ({"texts": (replace(TEXT, language="xx"),)}, "language"),
            ({"texts": (replace(TEXT, title="t" * 401),)}, "title"),
            ({"country": "ZZ"}, "country"),
            ({"reference": "IOM SP <1>"}, "reference"),
            ({"slug": "a slug!"}, "slug"),
            ({"delivered_time_zone": "Mars/Olympus"}, "delivered_time_zone"),
            ({"delivery_status": "shouted"}, "delivery_status"),
            ({"contributions": spoken_by("n" * 201)}, "contributions[0].name"),
            ({"contributions": spoken_by("A", role="singer")}, "contributions[0].role"),
        ],
    )
    def test_a_bad_value_is_named_and_nothing_half_saved(
        self, change: dict[str, Any], field: str
    ) -> None:
        report = write(parsed(**change))
        assert problems(report) == [("speeches.csv#1", field)]
        assert not Speech.objects.exists()
        assert not Passage.objects.exists()

    def test_a_bad_row_does_not_stop_the_good_ones(self) -> None:
        bad = RowProblem("speeches.csv, row 1", "delivered_on", "No such day.")
        report = write(bad, parsed())
        assert (report.created, len(report.problems)) == (1, 1)
