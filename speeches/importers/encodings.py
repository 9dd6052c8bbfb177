"""From bytes to clean text, or a refusal: a record must never hold garbled words.

Evidence is taken in the order of its strength: byte order mark, strict UTF-8 (which text
in another encoding cannot satisfy by chance), declaration, and last detection, which is
believed only when the words of a language appear in one reading and in no other.
"""

import codecs
import contextlib
import re
import unicodedata

from django.utils.translation import gettext as _

from .language_guess import guess_language
from .parsed import UnreadableInput

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Python also knows "codecs" such as rot13, punycode and unicode_escape, which a declaration
# must not be able to call; browsers read the first three names as Windows-1252.
_DECLARABLE = {
    **dict.fromkeys(("ascii", "iso8859-1", "latin-1", "cp1252"), "cp1252"),
    **{name: name for name in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "gb18030")},
    **dict.fromkeys(("gbk", "gb2312"), "gb18030"),
    **{f"cp125{n}": f"cp125{n}" for n in "01345678"},
    **{f"iso8859-{n}": f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)},
    **{name: name for name in ("koi8-r", "koi8-u", "mac-roman", "big5", "big5hkscs", "cp866")},
    **{name: name for name in ("shift_jis", "cp932", "euc_jp", "euc_kr", "cp949", "cp874")},
}
# Codings that old files come in, by language. Words decide between them; German or Polish
# would need statistics, which on a short page are often wrong, so those are refused.
_DETECTABLE = {
    **dict.fromkeys(("cp1251", "koi8-r", "cp866", "iso8859-5"), ("ru",)),
    **dict.fromkeys(("cp1256", "iso8859-6"), ("ar",)),
    **dict.fromkeys(("gb18030", "big5"), ("zh-hans", "zh-hant")),
}
_PRINT = "«»“”‘’–—…•°º§©®€£½\u00a0"
_WESTERN_SIGNS = {
    "en": set(_PRINT + "àâäçèéêëîïñôöùüáíóúÉÁÖÜ"),
    "fr": set(_PRINT + "àâæçèéêëîïñôœöùûüÿÀÂÇÈÉÊËÎÏÔŒÙÛ"),
    "es": set(_PRINT + "áéíñóúüçÁÉÍÑÓÚÜ¿¡ª"),
}
_SIGN_IN_WORD = re.compile("[a-z][«»“”•°º§©®€£½¿¡ª][a-z]")
_SAMPLE_BYTES = 256 * 1024

_SIGN = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"  # a UTF-8 continuation byte read as Windows-1252
_GARBLED = re.compile(
    f"â€{_SIGN}|â€[\x80-\x9f\"' ]|â\x80[\x80-\xbf]|Ã[\x80-\xba\xbc-\xbf€…‰ˆ†‡™šœŸ¤]"
    f"|Â[\xa0°«»§©®´·]|(?:[ÐÑ]{_SIGN}){{3}}|(?:[ØÙ]{_SIGN}){{3}}|(?:[åäæçè]{_SIGN}{{2}}){{2}}"
    "|вЂ[™њќ”“\x99\x9c\x9d]|(?:[РС][°±-»\u0402-\u040f\u0452-\u045f]){3}|ï»¿|ï¿½"
)
# One sign of UTF-8 read as Windows-1252: its leading byte and its continuation bytes.
_GARBLED_RUN = re.compile(f"[Â-ß]{_SIGN}|[à-ï]{_SIGN}{{2}}")
# A class of signs is searched many times faster than the alternatives that begin with them.
_GARBLED_HINT = re.compile("[âÃÂÐÑØÙåäæçèвРСï\x80-\x9f]")
_DAMAGE = re.compile("\ufffd|[\ud800-\udfff]")
_HIGH_CONTROLS = re.compile("[\x80-\x9f]")
_LINE_ENDS = re.compile("\r\n?|\u2028|\x0b|\x0c")
_LINE_ENDS_HINT = re.compile("[\r\u2028\x0b\x0c]")
_PARAGRAPH_END = "\u2029"
# Invisible signs that only break searching and quoting. Joiners and direction marks stay:
# Persian, Arabic and Hindi need them. Direction overrides can make a text lie, so they go.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b\u2060\ufeff\u202d\u202e\ufff9-\ufffb]")


def decode(data: bytes, declared: str = "") -> str:
    """Read bytes as text; `declared` is the charset the document names, if it names one."""
    return clean(_decoded(data, declared))


def encoding_of(data: bytes, declared: str = "", complete: bool = True) -> str:
    """Name the Python codec that reads these bytes strictly; for `complete=False`, a beginning."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    if b"\x00" in data:
        raise UnreadableInput(
            _("The file is not text: it holds zero bytes. Save the text as UTF-8 and try again.")
        )
    if _is_utf8(data, complete):
        return "utf-8"
    return _declared_codec(data, declared) if declared else _detected_codec(data)


def clean(text: str) -> str:
    """Normalize line ends and composition, drop invisible signs, and refuse garbled text."""
    refuse_garbled(text)
    if _LINE_ENDS_HINT.search(text):
        text = _LINE_ENDS.sub("\n", text)
    if _PARAGRAPH_END in text:
        text = text.replace(_PARAGRAPH_END, "\n\n")
    if _INVISIBLE.search(text):
        text = _INVISIBLE.sub("", text)
    return unicodedata.normalize("NFC", text)


def refuse_garbled(text: str) -> None:
    """Refuse text whose letters were lost or read in the wrong encoding before it came here."""
    if text.isascii():
        return
    if damage := _DAMAGE.search(text):
        raise UnreadableInput(
            _(
                "The text holds the mark of a lost letter near “%(near)s”. "
                "Take the text from its source again and save it as UTF-8."
            )
            % {"near": _near(text, damage)}
        )
    if not _GARBLED_HINT.search(text):
        return
    if found := _GARBLED.search(text) or _HIGH_CONTROLS.search(text):
        raise UnreadableInput(
            _(
                "The text was read in a wrong encoding before it was saved, near “%(near)s”. "
                "Open the source with its right encoding and save it as UTF-8."
            )
            % {"near": _near(text, found)}
        )


def mended(text: str) -> str:
    """Put right what was read as Windows-1252 though it was UTF-8, where that is certain.

    A mapping asks for it, for a source known to hold such places: `Africaâ€™s` becomes
    `Africa’s`. Each place is turned back into its bytes and read again; one that does not
    come out whole stays as it is, and is refused later.
    """
    if not _GARBLED_HINT.search(text):
        return text
    text = _GARBLED_RUN.sub(lambda found: _read_again(found[0]), text)
    # A lone control sign is one of Windows-1252's letters, as browsers read it, or the rest
    # of a letter that somebody else mended, and then it stands for nothing.
    return _HIGH_CONTROLS.sub(lambda found: _as_western(found[0]), text)


def _read_again(signs: str) -> str:
    with contextlib.suppress(UnicodeError):
        return b"".join(_western_byte(sign) for sign in signs).decode("utf-8")
    return signs


def _western_byte(sign: str) -> bytes:
    with contextlib.suppress(UnicodeEncodeError):
        return sign.encode("cp1252")
    # The five bytes that Windows-1252 leaves open pass through it unchanged.
    return sign.encode("latin-1")


def _as_western(sign: str) -> str:
    return sign.encode("latin-1").decode("cp1252", "ignore")


def _decoded(data: bytes, declared: str) -> str:
    encoding = encoding_of(data, declared)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableInput(_undecodable(encoding, error.start)) from error


def _is_utf8(data: bytes, complete: bool) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final=complete)
    except UnicodeDecodeError:
        return False
    return True


def _declared_codec(data: bytes, declared: str) -> str:
    try:
        codec = _DECLARABLE[codecs.lookup(declared.strip()).name]
        data.decode(codec)
    except (LookupError, ValueError) as error:
        raise UnreadableInput(
            _(
                "The file says its encoding is %(encoding)s, but its bytes do not fit it. "
                "Open it with its right encoding and save it as UTF-8."
            )
            % {"encoding": declared.strip()[:40]}
        ) from error
    # Pages in other scripts often carry the Western label that their editor put by default.
    text = data.decode(codec)
    if codec == "cp1252" and not guess_language(text) and _readings(data):
        raise UnreadableInput(_unsure())
    return codec


def _detected_codec(data: bytes) -> str:
    """Choose the coding in which the words of a language appear; there must be just one."""
    if _reads_as_western(data):
        return "cp1252"
    readings = _readings(data)
    if len(readings) != 1:
        raise UnreadableInput(_unsure())
    return next(iter(readings.values()))


def _readings(data: bytes) -> dict[str, str]:
    """Give the codecs under which the beginning is text of a language they are used for."""
    readings: dict[str, str] = {}
    for codec, languages in _DETECTABLE.items():
        try:
            # A beginning may end within a sign, which is no error of the codec.
            text = codecs.getincrementaldecoder(codec)().decode(data[:_SAMPLE_BYTES])
        except UnicodeDecodeError:
            continue
        if guess_language(text) in languages:
            readings.setdefault(text, codec)
    return readings


def _unsure() -> str:
    return _(
        "The encoding of the file cannot be told with certainty. "
        "Open it with its right encoding and save it as UTF-8."
    )


def _reads_as_western(data: bytes) -> bool:
    """Windows-1252 in a language that uses every sign beyond ASCII which the text holds."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    beyond = {sign for sign in text if sign > "\x7f"}
    fits = beyond <= _WESTERN_SIGNS.get(guess_language(text), set())
    return fits and not _SIGN_IN_WORD.search(text)


def _undecodable(encoding: str, position: int) -> str:
    return _(
        "The file is not valid %(encoding)s at byte %(position)d. "
        "Open it with its right encoding and save it as UTF-8."
    ) % {"encoding": encoding, "position": position}


def _near(text: str, found: re.Match[str]) -> str:
    start, end = max(0, found.start() - 20), found.end() + 20
    return (
        " ".join(text[start:end].replace("\ufffd", "?").split())
        .encode("utf-8", "replace")
        .decode("utf-8")
    )
