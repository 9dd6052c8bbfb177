import pytest

from speeches.importers import encodings
from speeches.importers.encodings import mended
from speeches.importers.parsed import UnreadableInput

FRENCH = (
    "Mesdames et messieurs, la réunion d’aujourd’hui a été convoquée à l’initiative du Conseil."
)
SPANISH = (
    "Señoras y señores, la migración es un fenómeno que exige la atención de todos los países."
)
RUSSIAN = (
    "Уважаемые дамы и господа, мы собрались, чтобы обсудить вопросы миграции и развития в мире."
)
ARABIC = "السيدات والسادة، نجتمع اليوم لمناقشة قضايا الهجرة الدولية والتنمية في العالم العربي"
CHINESE = "女士们先生们,我们今天聚集在这里讨论国际移徙与发展问题,并感谢各国政府的支持与合作。"
POLISH = "Szanowni Państwo, międzynarodowa migracja wymaga współpracy, ponieważ żadne państwo."
ENGLISH = (
    "We thank the Government for the hospitality – “the finest” – shown at the Council’s meeting."
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_with_or_without_a_mark(encoding):
    assert encodings.decode(FRENCH.encode(encoding)) == FRENCH


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "cp1252"),
        (FRENCH, "cp1252"),
        (SPANISH, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp866"),
        (ARABIC, "cp1256"),
        (CHINESE, "gb18030"),
    ],
)
def test_an_old_encoding_is_detected_where_its_words_prove_it(text, encoding):
    assert encodings.decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (POLISH, "cp1250"),
        ("We met President Lech Wałęsa at the house of the Council and thanked him.", "cp1250"),
        (FRENCH, "mac-roman"),
        ("La réunion a été convoquée à la demande du Conseil et des pays.", "cp850"),
        ("Café", "cp1252"),
        (FRENCH, "utf-16-le"),
    ],
)
def test_an_encoding_that_cannot_be_told_is_refused_with_the_way_out(text, encoding):
    with pytest.raises(UnreadableInput, match="as UTF-8"):
        encodings.decode(text.encode(encoding))


def test_a_western_label_on_a_russian_text_is_refused():
    with pytest.raises(UnreadableInput, match="as UTF-8"):
        encodings.decode(RUSSIAN.encode("cp1251"), declared="iso-8859-1")


def test_a_right_label_is_obeyed():
    assert encodings.decode(POLISH.encode("cp1250"), declared="windows-1250") == POLISH


@pytest.mark.parametrize("data", [b"\x00\x01\x02binary", b"text\x00text"])
def test_binary_data_are_refused(data):
    with pytest.raises(UnreadableInput, match="zero bytes"):
        encodings.decode(data)


@pytest.mark.parametrize(
    "garbled",
    [
        "the Forumâ€™s group",
        "SchÃ¼ssel and communiquÃ©",
        "A marketplace â€œof ideasâ€\x9d",
        "20Â° and Â« quoted Â»",
        "ÐŸÑ€Ð¸Ð²ÐµÑ‚ Ð²ÑÐµÐ¼",
        "the Forumвђ™s group and вЂ™more",
        "a dash \x97 lost",
        "a letter \ufffd lost",
        "half a pair \ud83d",
    ],
)
def test_garbled_text_is_refused_and_quoted(garbled):
    with pytest.raises(UnreadableInput, match="near “"):
        encodings.clean(garbled)


@pytest.mark.parametrize(
    "sound",
    ["«CAFÉ»", "El Niño", "São João", "À Âge égal", "£5 – “good”", "Ñandú", "ПРИВЕТ", "ÅÄÖ åäö"],
)
def test_sound_text_is_never_called_garbled(sound):
    assert encodings.clean(sound) == sound


def test_lines_letters_and_invisible_signs_are_made_uniform():
    text = "\ufeffCafe\u0301\r\nsecond\rthird\x07 soft\u00adhyphen \u202eflip"

    assert encodings.clean(text) == "Café\nsecond\nthird softhyphen flip"


def test_joiners_that_persian_and_hindi_need_are_kept():
    assert encodings.clean("می\u200cخواهم") == "می\u200cخواهم"


@pytest.mark.parametrize(
    ("garbled", "right"),
    [
        ("Africaâ€™s Development", "Africa’s Development"),
        ("practice â€” to move", "practice — to move"),
        ("Wolfgang SchÃ¼ssel, El NiÃ±o", "Wolfgang Schüssel, El Niño"),
        ("Ivan Ga\x9aparovič", "Ivan Gašparovič"),
        ('"never again"\x9d. We', '"never again". We'),
        ("â€œquiet revolutionâ€\x9d", "“quiet revolution”"),
    ],
)
def test_a_source_known_to_be_garbled_can_be_mended_where_that_is_certain(garbled, right):
    assert mended(garbled) == right


@pytest.mark.parametrize("sound", ["Ça, là, São Tomé", "20 °C ± 2", "Президент", "“curly” – dash"])
def test_mending_leaves_sound_text_alone(sound):
    assert mended(sound) == sound
