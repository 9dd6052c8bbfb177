#!/usr/bin/env python3
"""Check an exported history of one item, offline. Needs Python 3.9 and nothing else.

    python3 verify_history.py history.json
    python3 verify_history.py history.json --head HASH   the last hash, known from elsewhere
    python3 verify_history.py history.json --complete    an export for staff: nothing left out

Says "holds" and ends with 0, or names the first broken link and ends with 1. Without
--head nobody can tell whether versions are missing at the end. docs/history.md has the
format and the rules.
"""

import argparse
import hashlib
import json
import sys

FORMAT = 1
KEPT_BACK = {"sources", "file"}
HEADER = {
    "format", "kind", "item", "number", "made_at", "status", "published_at", "public_notice",
    "change_note", "is_major", "content_hash", "previous_hash",
}  # fmt: skip


class Broken(Exception):
    """The history does not hold; the message says where and why."""


def digest(value):
    """Return the SHA-256 of a value as canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def folded(row):
    """Return a content with a checksum in the place of what is kept back."""
    found = dict(row)
    for name in ("fields", "parts"):
        if name in row:
            found[name] = {key: _folded_value(key, value) for key, value in row[name].items()}
    return found


def _folded_value(name, value):
    if name in KEPT_BACK and value and not isinstance(value, dict):
        return {"sha256": digest(value)}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [folded(part) for part in value]
    return value


def read(text):
    """Return a history from its JSON; refuse what two programs could read in two ways."""
    try:
        return json.loads(
            text, object_pairs_hook=_once, parse_float=_refuse, parse_constant=_refuse
        )
    except (ValueError, RecursionError) as error:
        raise Broken(f"This is no history: {error}") from error


def _once(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object.")
    return found


def _refuse(number):
    raise ValueError(f"{number} is no whole number.")


def verify(history, head="", complete=False):
    """Check a history from the first version to the last; return how many were read.

    Raises Broken with the first link that does not hold.
    """
    try:
        return _verify(history, head, complete)
    except (AttributeError, KeyError, TypeError) as error:
        raise Broken(f"This is no history of format {FORMAT}: {error!r}") from error


def _verify(history, head, complete):
    _expect(history, {"format", "kind", "item", "head", "versions"}, "The file")
    if history["format"] != FORMAT:
        raise Broken(f"This script reads format {FORMAT} only.")
    before, was_hidden, read_ = "", False, 0
    for number, version in enumerate(history["versions"], start=1):
        where = f"Version {number}"
        if "header" in version:
            _check(where, number, version, before, history, complete)
            if was_hidden and version["header"]["made_at"] > version["header"]["published_at"]:
                raise Broken(f"{where}: the one before was public, and its words are missing.")
            was_hidden, read_ = False, read_ + 1
        else:
            _expect(version, {"number", "hash"}, where)
            if version["number"] != number or complete:
                raise Broken(f"{where} is missing.")
            was_hidden = True
        before = version["hash"]
    if was_hidden or not read_:
        raise Broken("The last version is missing.")
    if history["head"] != {"number": len(history["versions"]), "hash": before}:
        raise Broken("Versions are missing at the end.")
    if head and head != before:
        raise Broken("The last version is another one than that whose hash you know.")
    return read_


def _check(where, number, version, before, history, complete):
    header = version["header"]
    _expect(header, HEADER, where)
    if header["number"] != number:
        raise Broken(f"{where} is missing: version {header['number']} stands in its place.")
    if (header["kind"], header["item"]) != (history["kind"], history["item"]):
        raise Broken(f"{where} is that of another item.")
    if header["previous_hash"] != before:
        raise Broken(f"{where} does not follow from the version before.")
    if digest(header) != version["hash"]:
        raise Broken(f"{where}: what it says of itself was changed.")
    may_be_absent = header["status"] == "removed" and not complete
    _expect(version, {"header", "hash", "content"}, where, {"content"} if may_be_absent else set())
    if "content" in version and digest(folded(version["content"])) != header["content_hash"]:
        raise Broken(f"{where}: its content was changed.")
    if complete and _open(version["content"]) != version["content"]:
        raise Broken(f"{where}: something was left out of it.")


def _open(row):
    """Return a content without the checksums that stand for what is kept back."""
    if isinstance(row, dict):
        return {
            name: _open(value)
            for name, value in row.items()
            if not (name in KEPT_BACK and isinstance(value, dict))
        }
    return [_open(value) for value in row] if isinstance(row, list) else row


def _expect(row, names, where, absent=frozenset()):
    if not names - absent <= row.keys() <= names:
        raise Broken(f"{where}: something was added or left out: {sorted(row.keys() ^ names)}.")


def main():
    """Check the file that the command line names."""
    parser = argparse.ArgumentParser(description="Check an exported history.")
    parser.add_argument("file")
    parser.add_argument("--head", default="", help="the hash of the last version, if you know it")
    parser.add_argument("--complete", action="store_true", help="nothing may be left out")
    chosen = parser.parse_args()
    try:
        with open(chosen.file, encoding="utf-8") as stream:
            history = read(stream.read())
        count = verify(history, chosen.head, chosen.complete)
    except (Broken, OSError, UnicodeDecodeError) as error:
        sys.exit(f"BROKEN  {chosen.file}: {error}")
    print(f"holds  {chosen.file}: {count} versions, the last is {history['head']['hash']}")


if __name__ == "__main__":
    main()
