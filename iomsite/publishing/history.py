"""Writing down what went out. `verifying` proves that nobody changed it since."""

from collections.abc import Iterator

from iomsite.publishing.desk import Desk
from iomsite.publishing.models import Version
from iomsite.publishing.snapshot import Content, content_hash, snapshot


def write_version(desk: Desk, *, change_note: str = "", is_major: bool = True) -> Version:
    """Write down an item as it went out. Call it in the transaction that let it out."""
    item, last = desk.item, desk.last_version
    content = snapshot(item)
    version = Version(
        kind=desk.kind,
        item=item.pk,
        number=last.number + 1 if last else 1,
        made_at=desk.now,
        status=item.status,
        published_at=item.published_at,
        public_notice=item.public_notice,
        change_note=change_note,
        is_major=is_major,
        content=content,
        content_hash=content_hash(content),
        previous_hash=last.hash if last else "",
    )
    version.hash = version.compute_hash()
    version.save(force_insert=True)
    desk.last_version = version
    return version


def differences(before: Content, after: Content) -> Iterator[str]:
    """Yield the paths of the fields in which two contents differ, as `texts/9/title`."""
    yield from _fields_that_differ("", before, after)


def _fields_that_differ(path: str, before: Content, after: Content) -> Iterator[str]:
    names = before.get("fields", {}) | after.get("fields", {})
    for name in names:
        if before.get("fields", {}).get(name) != after.get("fields", {}).get(name):
            yield f"{path}{name}"
    for name in before.get("parts", {}) | after.get("parts", {}):
        old = {part["key"]: part for part in before.get("parts", {}).get(name, [])}
        new = {part["key"]: part for part in after.get("parts", {}).get(name, [])}
        for key in old | new:
            yield from _fields_that_differ(
                f"{path}{name}/{key}/", old.get(key, {}), new.get(key, {})
            )
