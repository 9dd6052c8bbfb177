"""Web pages that hide in other files: a browser that guesses must find nothing to run."""

from typing import BinaryIO

CHUNK = 1024 * 1024
HEAD = 4096
"""Browsers that guess look at the first 1,445 bytes; this is well beyond."""

_ANYWHERE = (b"<script", b"<iframe", b"<!doctype html", b"<?php ")
_AT_THE_START = (
    *_ANYWHERE, b"<html", b"<head", b"<body", b"<svg", b"<style", b"<object", b"<embed", b"<meta",
    b"<title", b"<img", b"<a href", b"<math",
)  # fmt: skip
_LONGEST = max(map(len, _AT_THE_START))


def has_markup(stream: BinaryIO) -> bool:
    """Say whether a file of another kind holds what a browser could take for a web page.

    Words that are short enough to stand in a recording by chance are sought in its head only.
    """
    stream.seek(0)
    head = stream.read(HEAD).lower()
    return any(mark in head for mark in _AT_THE_START) or _anywhere(stream, _ANYWHERE)


def has_any_markup(stream: BinaryIO) -> bool:
    """Say whether a text holds the tags of a web page anywhere."""
    return _anywhere(stream, _AT_THE_START)


def _anywhere(stream: BinaryIO, marks: tuple[bytes, ...]) -> bool:
    stream.seek(0)
    carried = b""
    while chunk := stream.read(CHUNK):
        window = (carried + chunk).lower()
        if any(mark in window for mark in marks):
            return True
        carried = window[-_LONGEST:]
    return False
