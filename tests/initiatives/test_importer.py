"""Importing a directory: facts and invented files, good and bad, once and again."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from initiatives.importing import SHIPPED_FILE
from initiatives.importing.read import read_directory
from initiatives.importing.write import import_directory
from initiatives.models import (
    Appointment,
    Identifier,
    Initiative,
    Meeting,
    MeetingSeries,
    Name,
    Office,
    Organization,
    Participation,
    Person,
    Term,
)
from iomsite.dates import Precision
from iomsite.publishing.models import Status
from tests.loaded import loaded_for_a_class
from tests.make import make_organization

BODY = {"id": "org:body", "type": "org", "name": "Body of Bodies", "names": []}
POST = {"id": "office:chair", "type": "office", "name": "Chair", "names": [], "of": "org:body"}


def a_file(*entries: dict[str, Any]) -> bytes:
    return json.dumps({"version": 1, "entities": entries}).encode()


def a_person(name: str = "Ada Sample", key: str = "person:ada", **values: Any) -> dict[str, Any]:
    return {"id": key, "type": "person", "name": name, "names": [], **values}


def the_problems(*entries: dict[str, Any]) -> list[tuple[str, str]]:
    """Import entries that are refused, and return where the problems are."""
    report = import_directory(a_file(*entries))
    assert not Organization.objects.exists(), "nothing is half saved"
    return [(problem.key, problem.field) for problem in report.problems]


@pytest.fixture(scope="class")
def shipped_facts(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with loaded_for_a_class(django_db_blocker):
        assert not import_directory(SHIPPED_FILE.read_bytes()).problems
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("shipped_facts")
class TestTheShippedFacts:
    def test_all_388_entries_arrive(self) -> None:
        models = (Organization, Initiative, MeetingSeries, Meeting, Office, Person, Term)
        counts = [model.objects.count() for model in models]
        assert counts == [98, 50, 44, 155, 9, 30, 2]
        assert Identifier.objects.filter(scheme="directory").count() == 388

    def test_every_name_arrives(self) -> None:
        entries, _ = read_directory(SHIPPED_FILE.read_bytes())
        assert Name.objects.count() == sum(len(entry.names) for entry in entries) == 435
        migration = Organization.objects.get(slug="iom")
        names = set(migration.names.values_list("text", "kind", "policy", "language"))
        assert ("IOM", "acronym", "free", "en") in names
        assert ("Organization", "short", "home", "en") in names
        assert ("Organisation internationale pour les migrations", "other", "", "fr") in names
        assert ("Intergovernmental Committee for Migration", "former", "", "en") in names
        assert migration.acronym == "IOM"

    def test_a_date_is_known_as_far_as_the_file_says(self) -> None:
        swing = Appointment.objects.get(person__slug="swing")
        assert (swing.starts_on, swing.starts_precision) == (date(2008, 10, 1), Precision.MONTH)
        forum = MeetingSeries.objects.get(slug="gfmd")
        assert (forum.starts_on, forum.starts_precision) == (date(2007, 1, 1), Precision.YEAR)

    def test_doubtful_facts_carry_their_flag_under_our_names(self) -> None:
        riohacha = Meeting.objects.get(slug="gfmd-2025")
        assert riohacha.uncertain_fields == ["starts_on", "ends_on"]
        gibson = Appointment.objects.get(person__name="Hugh S. Gibson")
        assert gibson.uncertain_fields == ["starts_on"]
        assert Person.objects.get(name="Hugh S. Gibson").uncertain_fields == []

    def test_parents_become_the_relation_that_fits_their_type(self) -> None:
        steering = Organization.objects.get(slug="gfmd-steering-group")
        assert steering.supports == MeetingSeries.objects.get(slug="gfmd")
        leads = Participation.objects.get(initiative__slug="mida")
        assert (leads.organization.slug, leads.role) == ("iom", Participation.Role.LEAD)
        assert Initiative.objects.get(slug="iamm").series.slug == "berne-initiative"
        assert Initiative.objects.get(slug="sdgs").parent.slug == "agenda-2030"
        assert MeetingSeries.objects.get(slug="iom-council").organizer.slug == "iom"
        assert MeetingSeries.objects.get(slug="cop").initiative.slug == "unfccc"
        assert Organization.objects.get(slug="gmg").successor.slug == "unnm"

    def test_a_series_keeps_its_rules(self) -> None:
        sessions = MeetingSeries.objects.get(slug="cpd-session")
        assert (sessions.base_year, sessions.first_ordinal) == (1967, 27)
        dialogue = MeetingSeries.objects.get(slug="hld")
        assert (dialogue.bare_name_means, dialogue.editions) == ("latest", "year")
        members = MeetingSeries.objects.get(slug="colombo-process").members
        assert members.count() == 12

    def test_a_meeting_knows_its_country_and_number(self) -> None:
        brussels = Meeting.objects.get(slug="gfmd-2007")
        assert (brussels.country, brussels.ordinal, brussels.place) == ("BE", 1, "Brussels")

    def test_people_are_sorted_by_the_name_they_are_known_by(self) -> None:
        names = ("Ban Ki-moon", "James N. Purcell Jr.", "Amy Pope")
        sorted_by = [Person.objects.get(name=name).family_name for name in names]
        assert sorted_by == ["Ban", "Purcell", "Pope"]

    def test_nothing_is_public_unless_asked(self) -> None:
        assert not Organization.objects.published().exists()
        import_directory(SHIPPED_FILE.read_bytes(), publish=True)
        assert Organization.objects.published().count() == 98

    def test_importing_again_changes_nothing(self) -> None:
        before = list(Organization.objects.order_by("pk").values())
        report = import_directory(SHIPPED_FILE.read_bytes())
        assert (report.created.total(), report.updated.total()) == (0, 0)
        assert report.unchanged.total() == 388
        assert not report.kept
        assert list(Organization.objects.order_by("pk").values()) == before
        assert Name.objects.count() == 435


@pytest.mark.django_db
class TestWhatStaffCorrected:
    def test_is_kept_and_reported(self) -> None:
        import_directory(a_file(BODY))
        Organization.objects.update(name="Body, as staff know it")
        report = import_directory(a_file(BODY | {"founded": "1999"}))
        assert Organization.objects.get().name == "Body, as staff know it"
        assert {kept.field for kept in report.kept} == {
            "name",
            "founded_on",
            "founded_precision",
        }

    def test_stays_deleted(self) -> None:
        named = BODY | {"names": [{"t": "B2", "k": "acronym"}]}
        import_directory(a_file(named))
        Name.objects.all().delete()
        report = import_directory(a_file(named))
        assert not Name.objects.exists()
        assert [kept.key for kept in report.kept] == ["org:body"]

    def test_gives_way_only_when_told(self) -> None:
        import_directory(a_file(BODY))
        named = BODY | {"name": "Body of All", "names": [{"t": "B2", "k": "acronym"}]}
        report = import_directory(a_file(named), overwrite=True)
        assert Organization.objects.get().name == "Body of All"
        assert Name.objects.get().text == "B2"
        assert report.updated.total() == 1

    def test_a_state_that_somebody_chose_is_not_published_over(self) -> None:
        import_directory(a_file(BODY))
        Organization.objects.update(status=Status.IN_REVIEW)
        import_directory(a_file(BODY), publish=True)
        assert Organization.objects.get().status == Status.IN_REVIEW


@pytest.mark.django_db
class TestBadInput:
    @pytest.mark.parametrize(
        ("data", "told"),
        [
            (b"", "no JSON"),
            (b"PK\x03\x04\x00\xff", "UTF-8"),
            (b'{"entities": []}', "entities"),
            (b"[1, 2]", "entities"),
            ('{"entities": ["Genève"]}'.encode("latin-1"), "UTF-8"),
        ],
    )
    def test_a_file_that_is_something_else_is_refused(self, data: bytes, told: str) -> None:
        report = import_directory(data, "wrong.json")
        assert told in "\n".join(report.lines())

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"type": "body"}, "type"),
            ({"id": "org:Body of"}, "id"),
            ({"name": ""}, "name"),
            ({"foundde": "1999"}, "foundde"),
            ({"founded": "1999-13"}, "founded"),
            ({"founded": "1999-02-30"}, "founded"),
            ({"founded": "2001", "dissolved": "1999"}, "dissolved_on"),
            ({"country": "zz"}, "country"),
            ({"parent": "person:ada"}, "parent"),
            ({"parent": "org:nowhere"}, "parent"),
            ({"parent": "org:body"}, "parent"),
            ({"names": [{"t": "B", "k": "nickname"}]}, "names[1].k"),
            ({"names": [{"t": "B", "k": "alt", "lang": "xx"}]}, "names[1].lang"),
            ({"names": "B2"}, "names"),
        ],
    )
    def test_a_bad_value_is_named_with_its_entry_and_field(
        self, change: dict[str, Any], field: str
    ) -> None:
        key = change.get("id", "org:body")
        assert (key, field) in the_problems(BODY | change)

    def test_all_problems_of_a_file_are_told_at_once(self) -> None:
        problems = the_problems(BODY | {"founded": "soon"}, POST | {"of": ""})
        assert {key for key, _field in problems} == {"org:body", "office:chair"}

    def test_two_entries_of_one_id_are_refused(self) -> None:
        assert the_problems(BODY, BODY) == [("org:body", "id")]

    def test_an_appointment_that_ends_before_it_starts_is_refused(self) -> None:
        term = {"office": "office:chair", "from": "2008-10", "to": "2007"}
        assert the_problems(BODY, POST, a_person(terms=[term])) == [
            ("person:ada", "terms[1].ends_on")
        ]

    def test_two_holders_of_one_office_at_once_are_refused(self) -> None:
        first = {"office": "office:chair", "from": "2000", "to": "2008"}
        second = {"office": "office:chair", "from": "2004", "to": "2010"}
        problems = the_problems(
            BODY,
            POST,
            a_person(terms=[first]),
            a_person(name="Bo Sample", key="person:bo", terms=[second]),
        )
        assert [key for key, _field in problems] == ["person:bo"]

    def test_an_address_that_another_entry_has_is_refused(self) -> None:
        make_organization(slug="body", name="Somebody else's body")
        report = import_directory(a_file(BODY))
        assert [problem.field for problem in report.problems] == ["slug"]

    def test_scripts_never_reach_the_record(self) -> None:
        words = "<p>Kept.</p><script>alert(1)</script><img src=x onerror=alert(1)>"
        import_directory(a_file(BODY | {"description": words}))
        assert Organization.objects.get().description == "<p>Kept.</p>"


@pytest.mark.django_db
class TestTheCommand:
    def test_a_dry_run_saves_nothing(self, tmp_path: Path) -> None:
        file = tmp_path / "small.json"
        file.write_bytes(a_file(BODY))
        call_command("import_directory", file, "--dry-run")
        assert not Organization.objects.exists()

    def test_problems_name_the_file_and_end_with_an_error(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "small.json"
        file.write_bytes(a_file(BODY | {"founded": "soon"}))
        with pytest.raises(SystemExit) as exit_:
            call_command("import_directory", file)
        assert exit_.value.code == 1
        assert "small.json: org:body, founded: “soon” is no date" in capsys.readouterr().err

    def test_a_file_that_is_not_there_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match=r"nothing\.json"):
            call_command("import_directory", tmp_path / "nothing.json")
