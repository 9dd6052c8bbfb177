"""Bringing two people's changes to one item together.

    merged = merge(base, mine, theirs)

Field by field, row by row, and long texts block by block: what one of them changed is taken,
what both changed in another way is a clash, and somebody has to choose. Pure but for
`onto_live`.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from iomsite.publishing import blocks
from iomsite.publishing.models import Version, WorkingCopy
from iomsite.publishing.restoring import DoesNotFit
from iomsite.publishing.snapshot import Content, content_hash, snapshot, without_internal

Path = tuple[str | int, ...]
"""Where something stands: `("texts", 9, "body")` is a field, `("texts", 9)` a row."""

MISSING: Any = type("Missing", (), {"__repr__": lambda self: "MISSING"})()
"""The value of a field that a content does not have."""


class Difference(NamedTuple):
    """One thing that somebody changed: a field, a block of a text, a whole row."""

    path: Path
    base: Any
    mine: Any
    theirs: Any
    kind: str = "field"
    """field, block or row."""
    is_clash: bool = False
    number: int = 0
    """Of a clash, in the order in which they are found."""

    @property
    def is_mine(self) -> bool:
        return bool(self.mine != self.base)

    @property
    def is_theirs(self) -> bool:
        return bool(self.theirs != self.base)


class Merged(NamedTuple):
    """What comes of two people's changes, and what each of them changed."""

    content: Content
    differences: list[Difference]

    @property
    def clashes(self) -> list[Difference]:
        return [difference for difference in self.differences if difference.is_clash]


def merge(
    base: Content | None,
    mine: Content,
    theirs: Content,
    choices: Mapping[int, str] | None = None,
) -> Merged:
    """Merge two contents that both came of `base`; None when that is not known any more.

    `choices` says for the number of a clash whether "mine", "theirs" or, of a block, "both"
    is taken; where it says nothing, it is theirs.
    """
    merger = _Merger(choices or {}, is_blind=base is None)
    content = merger.row((), base or _EMPTY, mine, theirs)
    head = {name: value for name, value in theirs.items() if name not in content}
    return Merged({**head, **content}, merger.differences)


_EMPTY: Content = {"fields": {}}


class _Merger:
    """One run through two contents.

    Blind, it does not know what was there before, so that all that differs is a clash.
    """

    def __init__(self, choices: Mapping[int, str], *, is_blind: bool) -> None:
        self.choices = choices
        self.is_blind = is_blind
        self.differences: list[Difference] = []
        self.clashes = 0

    def row(self, path: Path, base: Content, mine: Content, theirs: Content) -> Content:
        """Merge what is a row on both sides."""
        content: Content = {
            "fields": {
                name: self.field((*path, name), *(_value(c, name) for c in (base, mine, theirs)))
                for name in _names("fields", theirs, mine)
            }
        }
        parts = {
            name: self.rows((*path, name), *(_rows(c, name) for c in (base, mine, theirs)))
            for name in _names("parts", theirs, mine)
        }
        if parts:
            content["parts"] = parts
        # What is derived from the rest is computed anew when the content is written.
        source = mine if _without_derived(mine) == content else theirs
        return content | {name: source[name] for name in ("derived",) if name in source}

    def rows(
        self,
        path: Path,
        base: dict[int, Content],
        mine: dict[int, Content],
        theirs: dict[int, Content],
    ) -> list[Content]:
        """Merge the rows of one relation, each known by its key."""
        merged = []
        for key in sorted(base.keys() | mine.keys() | theirs.keys()):
            found = self._one_row((*path, key), base.get(key), mine.get(key), theirs.get(key))
            if found is not None:
                merged.append({"key": key, **found})
        return merged

    def _one_row(
        self, path: Path, base: Content | None, mine: Content | None, theirs: Content | None
    ) -> Content | None:
        if mine is not None and theirs is not None:
            return self.row(path, base or _EMPTY, mine, theirs)
        if mine is None and theirs is None:
            self._tell(path, base, mine, theirs, "row")
            return None
        left = theirs if mine is None else mine
        is_changed = base is not None and not is_same(base, left)  # type: ignore[arg-type]
        if self.is_blind or is_changed:
            return self._clash(path, base, mine, theirs, "row")
        self._tell(path, base, mine, theirs, "row")
        return left if base is None else None

    def field(self, path: Path, base: Any, mine: Any, theirs: Any) -> Any:
        if mine == theirs:
            if mine != base and not self.is_blind:
                self._tell(path, base, mine, theirs)
            return mine
        if mine is MISSING or theirs is MISSING:
            return theirs if mine is MISSING else mine
        if base in (mine, theirs):
            self._tell(path, base, mine, theirs)
            return theirs if base == mine else mine
        if not self.is_blind and isinstance(mine, list) and isinstance(theirs, list):
            return self._list(path, base if isinstance(base, list) else [], mine, theirs)
        if _is_long(mine) or _is_long(theirs):
            return self._text(path, base, mine, theirs)
        return self._clash(path, base, mine, theirs)

    def _list(self, path: Path, base: list[Any], mine: list[Any], theirs: list[Any]) -> Any:
        """Merge two lists as sets: what one of them took out is out, what one added is in."""
        self._tell(path, base, mine, theirs)
        gone = [value for value in base if value not in mine or value not in theirs]
        merged = [value for value in base if value not in gone]
        merged += [value for value in theirs if value not in merged and value not in gone]
        merged += [value for value in mine if value not in merged and value not in gone]
        return sorted(merged) if all(isinstance(value, int) for value in merged) else merged

    def _text(self, path: Path, base: Any, mine: Any, theirs: Any) -> Any:
        """Merge two long texts. Without knowing what was there, each difference is a clash."""
        if not (isinstance(mine, str) and isinstance(theirs, str)):
            return self._clash(path, base, mine, theirs)
        is_blind = not isinstance(base, str)
        taken = []
        for piece in blocks.merge(theirs if is_blind else base, mine, theirs):
            if piece.taken is None or (is_blind and piece.mine != piece.theirs):
                taken.append(self._clash(path, *piece[:3], "block"))
                continue
            taken.append(piece.taken)
            if not piece.base == piece.mine == piece.theirs:
                self._tell(path, *piece[:3], "block")
        return "".join(taken)

    def _tell(self, path: Path, base: Any, mine: Any, theirs: Any, kind: str = "field") -> None:
        base = None if base is MISSING else base
        self.differences.append(Difference(path, base, mine, theirs, kind))

    def _clash(self, path: Path, base: Any, mine: Any, theirs: Any, kind: str = "field") -> Any:
        number, self.clashes = self.clashes, self.clashes + 1
        base = None if base is MISSING else base
        self.differences.append(Difference(path, base, mine, theirs, kind, True, number))
        choice = self.choices.get(number, "theirs")
        if choice == "both" and kind == "block":
            return theirs + mine
        return mine if choice == "mine" else theirs


def _value(content: Content, name: str) -> Any:
    return content["fields"].get(name, MISSING)


def _names(group: str, *contents: Content) -> Iterator[str]:
    """Yield the names of fields or relations, so that clashes always have the same numbers."""
    yield from sorted({name for content in contents for name in content.get(group, {})})


def _rows(content: Content, name: str) -> dict[int, Content]:
    rows = content.get("parts", {}).get(name, [])
    return {
        row["key"]: {part: value for part, value in row.items() if part != "key"} for row in rows
    }


def _is_long(value: Any) -> bool:
    """Say whether a value is a text of paragraphs or lines, which are merged one by one."""
    return isinstance(value, str) and (value.lstrip()[:1] == "<" or len(blocks.split(value)) > 1)


def _without_derived(content: Content) -> Content:
    return {name: content[name] for name in ("fields", "parts") if name in content}


def is_same(one: Content, other: Content) -> bool:
    """Say whether two contents hold the same, whatever was derived from them."""
    return not merge(one, other, other).differences


def onto_live(item: Any, copy: WorkingCopy) -> Content:
    """Return a working copy's content, with what became public since it was begun merged in.

    Raises DoesNotFit when both changed the same words.
    """
    live = snapshot(item, internal=True)
    if content_hash(without_internal(live)) == copy.base_hash:
        return copy.content
    versions = Version.objects.of(item).filter(content_hash=copy.base_hash)
    base = versions.order_by("-number").values_list("content", flat=True).first()
    merged = merge(_with_internal(base, live), copy.content, live) if base else None
    if merged is None or merged.clashes:
        raise DoesNotFit([_("What the public sees was changed since the working copy was begun.")])
    return merged.content


def _with_internal(base: Content, live: Content) -> Content:
    """Add to a version what no version holds, and only a working copy changes."""
    return {**base, "fields": {**live["fields"], **base["fields"]}}
