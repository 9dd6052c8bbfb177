import gzip
import json
import lzma

import pytest

from speeches.importers import limits
from speeches.importers.parsed import ParsedContribution, ParsedSpeech, RowProblem, UnreadableInput
from tests.speeches.importers.material import problems, read, read_one

FULL = {
    "slug": "remarks-on-seasonal-work",
    "reference": "EX/2008/1",
    "title": "Remarks on seasonal work",
    "language": "en",
    "text": "First paragraph\nin two lines.\n\n## A heading\n\n- one\n- two\n\nThe end & more.",
    "summary": "A summary.",
    "kind": "official",
    "delivered_on": "2008-01-17",
    "time_zone": "Europe/Zurich",
    "place": "Geneva",
    "country": "CHE",
    "delivery_status": "As delivered",
    "meeting_series": "example-council",
    "meeting_ordinal": 94,
    "agenda_item": "4",
    "speaker": "Mr. OKAFOR",
    "office": "Director",
    "role": "speaker",
    "person": "paul-okafor",
    "on_behalf_of_country": "NGA",
    "organizations": "IOM; UNHCR",
    "initiatives": ["gfmd"],
}


def line(**fields: object) -> str:
    return json.dumps({"title": "Remarks", "text": "Some words.", **fields}, ensure_ascii=False)


def lines(*rows: str) -> str:
    return "\n".join(rows) + "\n"


def test_a_row_fills_every_field_of_a_speech():
    speech = read_one(json.dumps(FULL), "speeches.jsonl")

    text = speech.texts[0]
    assert (text.title, text.language, text.kind) == ("Remarks on seasonal work", "en", "official")
    assert text.html == (
        "<p>First paragraph in two lines.</p>\n<h2>A heading</h2>\n"
        "<ul><li>one</li><li>two</li></ul>\n<p>The end &amp; more.</p>"
    )
    assert (str(speech.delivered_on), speech.delivered_precision) == ("2008-01-17", "day")
    assert (speech.place, speech.country, speech.delivered_time_zone) == (
        "Geneva",
        "CH",
        "Europe/Zurich",
    )
    assert (speech.meeting_series, speech.meeting_ordinal) == ("example-council", 94)
    assert speech.delivery_status == "as_delivered"
    assert speech.contributions == (
        ParsedContribution("Mr. OKAFOR", "Director", "speaker", "paul-okafor", "", "NG"),
    )
    assert (speech.organizations, speech.initiatives) == (("IOM", "UNHCR"), ("gfmd",))
    assert speech.source.uri == "speeches.jsonl#remarks-on-seasonal-work"


def test_the_same_row_of_csv_gives_the_same_speech():
    table = (
        "title;text;delivered_on;speaker;organizations\n"
        '"Remarks; first";"One ""quoted"" line\n\nand another";2008-01;Okafor;["IOM"]\n'
    )

    speech = read_one("\ufeff" + table, "speeches.csv")

    assert speech.texts[0].title == "Remarks; first"
    assert speech.texts[0].html == '<p>One "quoted" line</p>\n<p>and another</p>'
    assert speech.delivered_precision == "month"
    assert speech.organizations == ("IOM",)
    assert speech.source.uri == "speeches.csv#2"


def test_the_checksum_depends_on_the_row_and_not_on_the_order_of_its_columns():
    first = read_one('{"title": "A", "text": "words"}', "one.jsonl")
    same = read_one('{"text": "words", "title": "A"}', "two.jsonl")
    other = read_one('{"title": "B", "text": "words"}', "two.jsonl")

    assert first.source.checksum == same.source.checksum
    assert first.source.checksum != other.source.checksum


def test_several_texts_and_people_come_as_lists_of_objects():
    row = {
        "texts": [
            {"title": "Remarks", "language": "en", "text": "Words."},
            {"title": "Discours", "language": "fr", "kind": "courtesy", "html": "<p>Mots.</p>"},
        ],
        "contributions": [
            {"name": "Ana Ruiz", "role": "represented"},
            {"name": "Paul Okafor", "office": "Deputy", "role": "reader"},
        ],
    }

    speech = read_one(json.dumps(row), "speeches.jsonl")

    assert [(text.language, text.kind) for text in speech.texts] == [
        ("en", "original"),
        ("fr", "courtesy"),
    ]
    assert [(who.name, who.role) for who in speech.contributions] == [
        ("Ana Ruiz", "represented"),
        ("Paul Okafor", "reader"),
    ]


def test_a_problem_inside_a_list_names_its_place():
    row = {"texts": [{"title": "Remarks", "language": "en", "text": "Words.", "kind": "secret"}]}

    found = problems(json.dumps(row), "speeches.jsonl")

    assert list(found) == ["texts[0].kind"]


def test_scripts_in_html_are_dropped_with_their_contents():
    html = "<style>p{}</style><p>Kept<script>alert(1)</script></p><h5>Part</h5><p>More</p>"

    speech = read_one(line(html=html, text=None), "speeches.jsonl")

    assert speech.texts[0].html == "<p>Kept</p>\n<h2>Part</h2>\n<p>More</p>"


def test_what_is_no_country_speaks_as_an_organization():
    speech = read_one(line(speaker="Mr. X", on_behalf_of_country="EU"), "speeches.jsonl")

    assert speech.contributions[0].on_behalf_of_organization == "EU"
    assert speech.contributions[0].on_behalf_of_country == ""


@pytest.mark.parametrize(
    ("field", "value", "mend"),
    [
        ("delivered_on", "2008-02-30", "2008-01-17"),
        ("delivered_on", "03/04/2008", "2008-01-17"),
        ("delivery_status", "shouted", "as_prepared"),
        ("kind", "secret", "original"),
        ("role", "audience", "moderator"),
        ("country", "Atlantis", "ISO 3166"),
        ("language", "xx", "zh-hans"),
        ("time_zone", "Mars/Base", "Europe/Zurich"),
        ("meeting_ordinal", "many", "whole number"),
        ("slug", "with spaces", "hyphens"),
        ("title", "x" * 401, "Shorten"),
        ("text", "  ", "Give the words"),
        ("text", "the Forumâ€™s group", "save it as UTF-8"),
        ("text", "x" * (limits.MAX_TEXT_CHARACTERS + 1), "split it"),
        ("html", "<p>both</p>", "Keep the one"),
        ("texts", "[{]", "valid JSON"),
        ("contributions", [{"nmae": "X"}], "not known"),
        ("contributions", ["X"], "must be an object"),
        ("organizations", [{"name": "X"}], "only names"),
    ],
)
def test_each_bad_value_is_one_problem_that_names_its_mend(field, value, mend):
    row = line(**{"speaker": "X", field: value})

    found = problems(row, "speeches.jsonl")

    assert len(found) == 1
    (message,) = found.values()
    assert mend in message


def test_a_bad_row_is_reported_and_the_others_are_read():
    content = lines(line(), "{not json", '["list"]', line(delivered_on="2008-02-30"), "", line())

    found = read(content, "speeches.jsonl")

    assert [type(each) for each in found] == [
        ParsedSpeech,
        RowProblem,
        RowProblem,
        RowProblem,
        ParsedSpeech,
    ]
    assert [each.where for each in found if isinstance(each, RowProblem)] == [
        "speeches.jsonl, row 2",
        "speeches.jsonl, row 3",
        "speeches.jsonl, row 4",
    ]


@pytest.mark.parametrize("field", ["slug", "reference", "source_url", "locator"])
def test_what_must_be_unique_may_not_stand_twice(field):
    content = lines(line(**{field: "same"}), line(**{field: "same"}))

    found = problems(content, "speeches.jsonl")

    assert list(found) == [field]
    assert "row 1" in found[field]


def test_a_line_that_is_not_utf8_is_reported():
    content = line().encode() + b"\n" + line(text="café").encode("cp1252") + b"\n"

    found = problems(content, "speeches.jsonl")

    assert "UTF-8" in found[""]


def test_deeply_nested_json_is_reported():
    content = lines(line(), '{"a":' + "[" * 100_000)

    assert "valid JSON" in problems(content, "speeches.jsonl")[""]


def test_a_line_longer_than_any_row_is_passed_over(monkeypatch):
    monkeypatch.setattr(limits, "MAX_LINE_BYTES", 1000)
    content = lines(line(), line(text="x" * 5000), line())

    found = read(content, "speeches.jsonl")

    assert [isinstance(each, ParsedSpeech) for each in found] == [True, False, True]


def test_columns_that_are_no_fields_are_named_once():
    content = lines(line(speeker="X"), line(speeker="Y"))

    first, second = read(content, "speeches.jsonl")

    assert any("speeker" in warning for warning in first.warnings)
    assert not any("speeker" in warning for warning in second.warnings)


@pytest.mark.parametrize(("pack", "suffix"), [(lzma.compress, "xz"), (gzip.compress, "gz")])
def test_a_compressed_file_is_read_as_a_stream(pack, suffix):
    content = pack(lines(*[line(locator=f"row-{n}") for n in range(2000)]).encode())

    found = read(content, f"speeches.jsonl.{suffix}")

    assert len(found) == 2000


@pytest.mark.parametrize(("pack", "suffix"), [(lzma.compress, "xz"), (gzip.compress, "gz")])
def test_a_compressed_file_that_is_cut_off_is_refused(pack, suffix):
    rows = [line(text=str(n) * 30 + "é") for n in range(5000)]
    content = pack(lines(*rows).encode())

    with pytest.raises(UnreadableInput, match="damaged"):
        read(content[: len(content) // 2], f"speeches.jsonl.{suffix}")


def test_csv_in_the_encoding_of_an_old_spreadsheet_is_read():
    table = "title,text\nRemarks,We thank the members for the work that was done at the café\n"

    speech = read_one(table.encode("cp1252"), "speeches.csv")

    assert speech.texts[0].html.endswith("at the café</p>")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("title,text,title\na,b,c\n", "stands twice"),
        ("name,words\na,b\n", "no column “title”"),
    ],
)
def test_a_header_that_cannot_be_right_is_refused(table, message):
    with pytest.raises(UnreadableInput, match=message):
        read(table, "speeches.csv")


def test_a_csv_row_with_too_many_cells_is_reported_and_others_go_on():
    table = "title,text\nOne,words\nTwo,some, more\n,\nThree,words\n"

    found = read(table, "speeches.csv")

    assert [type(each) for each in found] == [ParsedSpeech, RowProblem, ParsedSpeech]


def test_a_broken_quotation_stops_the_reading_with_a_report():
    table = 'title,text\nOne,words\nTwo,"never closed\nThree,words\n'

    found = read(table, "speeches.csv")

    assert isinstance(found[0], ParsedSpeech)
    assert "stopped here" in found[1].message


def test_a_cell_longer_than_pythons_own_limit_is_read():
    table = f"title,text\nOne,{'word ' * 50_000}\n"

    assert len(read_one(table, "speeches.csv").texts[0].html) > 200_000
