"""A history as a file that anybody can check without us. docs/history.md has the format.

Each version says what its hash covers, and its content. What a version keeps back stands
there as a checksum. For the public, the words of a version that was only ever written while
the item was removed are left out, and of one that was never public there is the hash alone.
"""

from collections.abc import Iterator
from typing import Any

from iomsite.canonical import canonical
from iomsite.publishing.models import Status, Version, kind_of
from iomsite.publishing.models.versions import FORMAT
from iomsite.publishing.snapshot import folded

Exported = dict[str, Any]


def exported(version: Version) -> Exported:
    """Return one version as the public may have it."""
    found: Exported = {"header": version.header, "hash": version.hash}
    if version.status != Status.REMOVED:
        found["content"] = folded(version.content)
    return found


def history_of(item: Any, *, for_public: bool = True) -> Iterator[str]:
    """Yield the history of an item as JSON, bit by bit: it may be longer than memory is.

    Staff get every version with everything in it.
    """
    versions = Version.objects.of(item)
    chain = list(versions.order_by("number").values_list("number", "hash"))
    public = set(versions.ever_public().values_list("number", flat=True)) if for_public else None
    yield f'{{"format":{FORMAT},"kind":{canonical(kind_of(item))},"item":{item.pk}'
    if chain:
        head = {"number": chain[-1][0], "hash": chain[-1][1]}
        yield f',"head":{canonical(head)}'
    yield ',"versions":['
    shown = versions if public is None else versions.filter(number__in=public)
    rows = shown.order_by("number").iterator(chunk_size=20)
    following = next(rows, None)
    for place, (number, hash_) in enumerate(chain):
        bit: Exported = {"number": number, "hash": hash_}
        if following is not None and following.number == number:
            bit = exported(following) if for_public else _complete(following)
            following = next(rows, None)
        yield ("," if place else "") + canonical(bit)
    yield "]}"


def _complete(version: Version) -> Exported:
    return {"header": version.header, "hash": version.hash, "content": version.content}
