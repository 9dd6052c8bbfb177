"""The kinds of a directory file, in its own words, and the kinds of the models they belong to.

The word itself is kept beside as `kind_detail`; a word not listed here becomes `other`.
"""

from collections.abc import Mapping

from initiatives.models import Initiative, MeetingSeries, Name, Organization

_ORGANIZATIONS: Mapping[str, str] = {
    Organization.Kind.INTERGOVERNMENTAL: "intergovernmental; EU institution",
    Organization.Kind.REGIONAL: "regional organization",
    Organization.Kind.SPECIALIZED_AGENCY: "specialized agency",
    Organization.Kind.FUND_OR_PROGRAMME: (
        "UN programme; UN fund; UN agency; UN entity; UN body; UN institute; EU agency"
    ),
    Organization.Kind.ORGAN: (
        "principal organ; main committee; functional commission; governing body; treaty body;"
        " subsidiary organ; regional commission; independent commission; supporting body;"
        " intergovernmental panel; advisory body"
    ),
    Organization.Kind.OFFICE: (
        "UN office; secretariat; secretariat department; secretariat office; regional office"
    ),
    Organization.Kind.GROUP: (
        "inter-agency group; inter-agency network; inter-agency forum; consultative forum;"
        " knowledge partnership"
    ),
    Organization.Kind.FINANCIAL: "international financial institution",
    Organization.Kind.NON_GOVERNMENTAL: (
        "humanitarian organization; NGO; NGO network; employers' federation; foundation;"
        " trade union confederation; international organization of parliaments"
    ),
    Organization.Kind.RESEARCH: "think tank; research institute; data centre",
}
_INITIATIVES: Mapping[str, str] = {
    Initiative.Kind.PROCESS: "process; cluster",
    Initiative.Kind.FRAMEWORK: (
        "framework; compact; declaration; goals; outcome document; policy framework; policy;"
        " standard"
    ),
    Initiative.Kind.TREATY: "treaty; agreement",
    Initiative.Kind.FUND: "fund",
    Initiative.Kind.PROGRAMME: "programme; operation",
    Initiative.Kind.PARTNERSHIP: "platform; partnership",
    Initiative.Kind.PUBLICATION: (
        "publication series; publication; data system; data network; index"
    ),
    Initiative.Kind.CAMPAIGN: "campaign; observance",
}
_SERIES: Mapping[str, str] = {
    MeetingSeries.Kind.SESSION: "governing body session; session",
    MeetingSeries.Kind.CONSULTATIVE_PROCESS: (
        "regional consultative process; states-owned consultative process; consultative process"
    ),
    MeetingSeries.Kind.CONFERENCE: "conference",
    MeetingSeries.Kind.SUMMIT: "summit",
    MeetingSeries.Kind.FORUM: "inter-regional dialogue; forum; dialogue",
}


def _by_word(kinds: Mapping[str, str]) -> dict[str, str]:
    return {
        word.strip().casefold(): kind for kind, words in kinds.items() for word in words.split(";")
    }


_KINDS = {
    "org": _by_word(_ORGANIZATIONS),
    "init": _by_word(_INITIATIVES),
    "series": _by_word(_SERIES),
}
HAS_KIND = frozenset(_KINDS)

NAME_KINDS: Mapping[str, str] = {
    "primary": Name.Kind.PRIMARY,
    "alt": Name.Kind.OTHER,
    "former": Name.Kind.FORMER,
    "acronym": Name.Kind.ACRONYM,
    "short": Name.Kind.SHORT,
}


def kind_of(entry_type: str, word: str, name: str) -> str:
    """Return our kind for a file's word; a series called only that shows its kind in its name."""
    kind = _KINDS[entry_type].get(word.casefold(), "other")
    if kind == "other" and entry_type == "series":
        if "Forum" in name or "Dialogue" in name:
            return MeetingSeries.Kind.FORUM
        if "Conference" in name:
            return MeetingSeries.Kind.CONFERENCE
    return kind
