from itertools import islice

from speeches.importers import formats
from speeches.importers.mappings import shipped_mapping
from speeches.importers.parsed import ParsedSpeech
from tests.speeches.importers.material import read_one, shared_file

ROW = (
    '{"id": "%s_22_1967", "country_iso3": "%s", "country": %s, "session": %d, "year": 1967, '
    '"speaker": "Mr. SMITH", "post": null, "text": "One.\\n\\nTwo."}'
)


def test_the_first_rows_of_the_un_corpus_are_read_whole():
    mapping = shipped_mapping("un_general_debate")

    with shared_file("data/ungdc.jsonl.xz").open("rb") as stream:
        found = list(islice(formats.parse(stream, "ungdc.jsonl.xz", mapping=mapping), 200))

    assert all(isinstance(each, ParsedSpeech) for each in found)
    assert found[0].texts[0].title == (
        "Argentina: statement in the general debate of the United Nations General Assembly, "
        "session 1 (1946)"
    )
    assert found[0].source.uri == "ungdc.jsonl.xz#ARG_01_1946"


def test_a_row_of_the_un_corpus_without_a_country_name_gets_that_of_its_code():
    row = ROW % ("YMD", "YMD", "null", 22)

    speech = read_one(row, "un.jsonl", mapping=shipped_mapping("un_general_debate"))

    assert speech.texts[0].title.startswith("Democratic Yemen: statement in the general debate")
    assert speech.contributions[0].on_behalf_of_country == "YDYE"
    assert (speech.delivered_on.year, speech.delivered_precision) == (1967, "year")
    assert (speech.meeting_series, speech.meeting_ordinal) == ("unga-session", 22)
    assert (speech.place, speech.country) == ("New York", "US")


def test_sessions_that_met_in_paris_are_placed_there():
    row = ROW % ("BEL", "BEL", '"Belgium"', 6)

    speech = read_one(row, "un.jsonl", mapping=shipped_mapping("un_general_debate"))

    assert (speech.place, speech.country) == ("Paris", "FR")
