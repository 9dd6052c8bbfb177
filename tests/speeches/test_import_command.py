"""`manage.py import_speeches` from end to end: files and folders, good and bad."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from iomsite.publishing.models import Status
from speeches.importers.gather import InputFile, gather
from speeches.importers.save import SpeechWriter
from speeches.models import Passage, Source, Speech, SpeechText

pytestmark = pytest.mark.django_db

WORDS = "We are grateful to the Government for its welcome, and to all of you for coming here."
PAGE = f"""<html><head><title>On waters</title></head><body><nav>Home</nav>
<main><h1>On waters</h1><p>{WORDS}</p><script>alert(1)</script><p onclick="x()">{WORDS}</p></main>
</body></html>"""


def row(number: int = 1, **values: Any) -> str:
    defaults = {"title": f"Speech {number}", "text": f"{WORDS} {number}", "language": "en"}
    return json.dumps(defaults | {"delivered_on": "2010-05-04"} | values)


def a_table(folder: Path, *rows: str, name: str = "speeches.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def run(*arguments: Any) -> int:
    """Run the command and return its exit code."""
    try:
        call_command("import_speeches", *arguments)
    except SystemExit as exit_:
        return int(exit_.code or 0)
    return 0


def the_report(folder: Path, *arguments: Any) -> dict[str, Any]:
    path = folder.parent / "report.json"
    code = run(*arguments, "--report", path)
    report: dict[str, Any] = json.loads(path.read_text("utf-8"))
    assert code == (1 if report["problems"] else 0)
    return report


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "given"
    path.mkdir()
    return path


class TestImporting:
    def test_rows_become_drafts(self, folder: Path) -> None:
        assert run(a_table(folder, row(1), row(2))) == 0
        assert Speech.objects.filter(status=Status.DRAFT).count() == 2

    def test_rows_can_be_published_at_once(self, folder: Path) -> None:
        run(a_table(folder, row(1)), "--publish")
        assert Speech.objects.published().count() == 1

    def test_a_folder_gives_its_files_in_order_and_hidden_ones_not_at_all(
        self, folder: Path
    ) -> None:
        (folder / "2010").mkdir()
        a_table(folder / "2010", row(1), name="b.jsonl")
        a_table(folder, row(2), name="a.jsonl")
        a_table(folder, row(3), name=".c.jsonl")
        assert run(folder) == 0
        assert list(Source.objects.order_by("uri").values_list("uri", flat=True)) == [
            "2010/b.jsonl#1",
            "a.jsonl#1",
        ]

    def test_the_record_never_names_the_folders_of_this_machine(self, folder: Path) -> None:
        run(a_table(folder, row(1)))
        run(a_table(folder, row(2), name="other.jsonl").name, "--folder", folder)
        for uri in Source.objects.values_list("uri", flat=True):
            assert str(folder) not in uri
            assert uri in {"speeches.jsonl#1", "other.jsonl#1"}

    def test_a_dry_run_saves_nothing(self, folder: Path) -> None:
        report = the_report(folder, a_table(folder, row(1)), "--dry-run")
        assert report["created"] == 1
        assert not Speech.objects.exists()

    def test_a_second_run_changes_nothing(self, folder: Path) -> None:
        table = a_table(folder, row(1), row(2))
        run(table)
        before = list(SpeechText.objects.values("pk", "updated_at"))
        report = the_report(folder, table)
        assert (report["created"], report["updated"], report["skipped"]) == (0, 0, 2)
        assert list(SpeechText.objects.values("pk", "updated_at")) == before

    def test_columns_of_another_name_are_mapped(self, folder: Path) -> None:
        table = a_table(folder, json.dumps({"headline": "On waters", "words": WORDS}))
        mapping = folder.parent / "mapping.json"
        mapping.write_text('{"title": "{headline}", "text": "{words}"}')
        assert run(table, "--mapping", mapping) == 0
        assert SpeechText.objects.get().title == "On waters"

    def test_an_interrupted_run_keeps_what_is_done_and_goes_on_next_time(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        table = a_table(folder, row(1), row(2), row(3))
        write = SpeechWriter.write

        def stopped_at_the_second(writer: SpeechWriter, item: Any) -> None:
            write(writer, item)
            if writer.report.created == 2:
                raise KeyboardInterrupt

        monkeypatch.setattr(SpeechWriter, "write", stopped_at_the_second)
        assert run(table) == 130
        assert Speech.objects.count() == 2
        monkeypatch.undo()
        report = the_report(folder, table)
        assert (report["created"], report["skipped"]) == (1, 2)


class TestBadInput:
    def test_every_problem_names_file_row_field_and_mend(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        table = a_table(folder, row(1, delivered_on="2010-02-30"), row(2), row(3, country="Zz"))
        report = the_report(folder, table)
        assert report["created"] == 1
        places = [(problem["where"], problem["field"]) for problem in report["problems"]]
        assert places == [
            ("speeches.jsonl, row 1", "delivered_on"),
            ("speeches.jsonl, row 3", "country"),
        ]
        assert all(problem["message"] for problem in report["problems"])
        assert "speeches.jsonl, row 1, delivered_on:" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("speech.docx", b"%PDF-1.7 this is no Word file"),
            ("speech.html", b"\x89PNG\r\n\x1a\n" + bytes(80)),
            ("speeches.jsonl", b"PK\x03\x04" + bytes(80)),
            ("speeches.csv", b'{"title": "JSON under a wrong name"}'),
            ("speech.txt", b""),
            ("speech.html", b"   \n"),
            ("speeches.jsonl", b""),
            ("speeches.csv", "title,text\nEau,Génève\n".encode("utf-16")[2:]),
            ("speech.txt", b"A title\n\n" + "Il a été dit".encode() + b"\xff\xfe\x81 words\n" * 40),
            ("speeches.jsonl", json.dumps({"title": "É"}, ensure_ascii=False).encode("latin-1")),
        ],
    )
    def test_a_file_that_is_not_what_it_says_is_refused(
        self, folder: Path, name: str, content: bytes
    ) -> None:
        path = folder / name
        path.write_bytes(content)
        report = the_report(folder, path)
        assert report["problems"][0]["where"].startswith(name)
        assert not Speech.objects.exists()

    def test_two_rows_of_one_slug_or_reference_are_refused(self, folder: Path) -> None:
        same = {"slug": "one", "reference": "X/1"}
        report = the_report(folder, a_table(folder, row(1, **same), row(2, **same)))
        fields = {problem["field"] for problem in report["problems"]}
        assert (report["created"], fields) == (1, {"slug", "reference"})

    def test_a_slug_of_an_earlier_import_is_refused(self, folder: Path) -> None:
        run(a_table(folder, row(1, slug="one")))
        report = the_report(folder, a_table(folder, row(2, slug="one"), name="more.jsonl"))
        assert [problem["field"] for problem in report["problems"]] == ["slug"]

    def test_scripts_do_not_reach_the_record(self, folder: Path) -> None:
        page = folder / "page.html"
        page.write_text(PAGE, "utf-8")
        evil = f"<p>{WORDS}</p><script>alert(1)</script><a href='javascript:x()'>link</a>"
        run(page, a_table(folder, row(1, text="", html=evil, place="<script>x</script>")))
        assert SpeechText.objects.count() == 2
        for text in SpeechText.objects.all():
            stored = f"{text.body} {text.html} {text.teaser}"
            assert not any(word in stored for word in ("script", "onclick", "alert"))
        assert not Passage.objects.filter(text__contains="alert").exists()

    def test_a_mapping_that_is_not_there_is_told(self, folder: Path) -> None:
        with pytest.raises(CommandError, match="un_general_debate"):
            run(a_table(folder, row(1)), "--mapping", "nothing")
        with pytest.raises(CommandError, match=r"nothing\.json"):
            run(a_table(folder, row(1)), "--mapping", folder / "nothing.json")


class TestPathsOutsideTheFolder:
    @pytest.fixture
    def secret(self, tmp_path: Path) -> Path:
        return a_table(tmp_path, row(9), name="secret.jsonl")

    def refused(self, folder: Path, *arguments: Any) -> None:
        report = the_report(folder, *arguments)
        assert ["outside the folder" in problem["message"] for problem in report["problems"]]
        assert len(report["problems"]) == 1
        assert not Speech.objects.filter(texts__title="Speech 9").exists()

    @pytest.mark.usefixtures("secret")
    def test_dots_do_not_lead_out(self, folder: Path) -> None:
        self.refused(folder, "../secret.jsonl", "--folder", folder)

    def test_an_absolute_path_does_not_lead_out(self, folder: Path, secret: Path) -> None:
        self.refused(folder, secret, "--folder", folder)

    def test_a_link_in_a_folder_does_not_lead_out(self, folder: Path, secret: Path) -> None:
        (folder / "link.jsonl").symlink_to(secret)
        a_table(folder, row(1))
        self.refused(folder, folder)
        assert Speech.objects.count() == 1

    def test_a_linked_folder_does_not_lead_out(
        self, folder: Path, secret: Path, tmp_path: Path
    ) -> None:
        (folder / "linked").symlink_to(tmp_path, target_is_directory=True)
        self.refused(folder, "linked/secret.jsonl", "--folder", folder)

    def test_a_path_that_leads_nowhere_is_told(self, folder: Path) -> None:
        report = the_report(folder, folder / "nothing.csv")
        assert "no such file" in report["problems"][0]["message"]

    def test_two_files_of_one_name_are_not_mixed_up(self, folder: Path) -> None:
        for part in ("a", "b"):
            (folder / part).mkdir()
            a_table(folder / part, row(1))
        found = list(gather([folder / "a", folder / "b"]))
        assert [isinstance(file, InputFile) for file in found] == [True, False]
