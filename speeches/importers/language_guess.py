"""The language of a text, told by its script and its commonest words; unsure is an empty string."""

import re

from django.utils.translation import gettext as _

_SAMPLE = 20_000
_MINIMUM_LETTERS = 40
_SCRIPTS = {
    "ar": re.compile("[\u0620-\u064a\u066e-\u06d3]"),
    "ru": re.compile("[\u0400-\u045f\u0490\u0491]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
}
# Letters that another language of the same script uses and this one never does.
_FOREIGN = {
    "ar": re.compile("[پچژگکیےٹڈڑںھہۀە]"),
    "ru": re.compile("[іїєґўјљњћђџѓќѕ]", re.IGNORECASE),
    "zh": re.compile("[\u3040-\u30ff\uac00-\ud7af]"),
}
# What no text of some length does without: so many for each hundred letters prove it.
_COMMON = {
    "ar": re.compile(r"\b(?:و?في|و?من|على|إلى|أن|هذ[اه]|التي|الذي|عن|مع)\b"),
    "ru": re.compile(
        r"\b(?:и|не|на|что|по|для|из|от|как|это|мы|чтобы|все|его|их)\b", re.IGNORECASE
    ),
    "zh": re.compile("[的是在和了有我们們不为為国國这這人]"),
}
_PROOF = {"ar": 1, "ru": 1, "zh": 6}
_SIMPLIFIED = re.compile("[这个们来时国对会说为东发经动务与议际应该]")
_TRADITIONAL = re.compile("[這個們來時國對會說為東發經動務與議際應該]")
_LITTLE_WORDS = {
    "en": "the of and to in that is for it with as this are be we on have by which has not our",
    "fr": "le la les des du et à dans que est pour une qui nous au avec sur ce cette ont pas l d"
    " qu n où été",
    "es": "el la los las del y en que es para una con por se nuestro como más lo al este esta su",
    # Neighbours of French and Spanish that share many little words with them.
    "": "não uma os das dos pelo il gli della delle che sono per di com em és els amb het een van"
    " der die und das nicht och att",
}
_STOP_WORDS = {language: frozenset(words.split()) for language, words in _LITTLE_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")


def guess_language(text: str) -> str:
    """Name the language of a text: ar, en, es, fr, ru, zh-hans or zh-hant; unsure is empty."""
    sample = text[:_SAMPLE]
    letters = sum(map(len, _WORD.findall(sample)))
    for language, script in _SCRIPTS.items():
        count = len(script.findall(sample))
        # A Han sign carries about as much as three letters.
        weight = count * (3 if language == "zh" else 1)
        if count >= 12 and weight >= letters / 2:
            foreign = len(_FOREIGN[language].findall(sample))
            if foreign * 100 >= count:
                return ""
            sure = len(_COMMON[language].findall(sample)) * 100 >= count * _PROOF[language]
            return "" if not sure else _chinese(sample) if language == "zh" else language
    return _latin(sample) if letters >= _MINIMUM_LETTERS else ""


def told_by_words(language: str) -> str:
    """Say that a language was guessed, for the person who imports."""
    return _("The language was told from the words: %(language)s.") % {"language": language}


def _chinese(sample: str) -> str:
    simplified, traditional = len(_SIMPLIFIED.findall(sample)), len(_TRADITIONAL.findall(sample))
    if simplified == traditional:
        return ""
    return "zh-hans" if simplified > traditional else "zh-hant"


def _latin(sample: str) -> str:
    words = [word.lower() for word in _WORD.findall(sample)]
    scores = {
        language: sum(word in stop_words for word in words)
        for language, stop_words in _STOP_WORDS.items()
    }
    neighbours = scores.pop("")
    (best, top), (_next, second) = sorted(scores.items(), key=lambda item: -item[1])[:2]
    sure = top >= 4 and top >= len(words) * 0.1 and top >= second * 1.8 and top > neighbours * 2
    return best if sure else ""
