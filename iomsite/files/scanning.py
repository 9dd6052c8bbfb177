"""Asking a virus scanner: ClamAV's daemon, by its own protocol, when a setting names one."""

import socket
import struct
import time
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

TIMEOUT = 20
"""Seconds for each word of the conversation."""
MAX_WAIT = 55
"""Seconds for the whole conversation: the web server ends a request after sixty."""

_CHUNK = 256 * 1024
_MAX_ANSWER = 4096


class ScannerIsSilent(Exception):
    """The scanner cannot be reached, broke off or said nothing of use."""


def scan(stream: BinaryIO) -> None:
    """Refuse a file in which the scanner finds something, or that it could not look at.

    Does nothing where no scanner is configured. Raises ValidationError.
    """
    if not settings.CLAMD_SOCKET:
        return
    try:
        answer = _ask(settings.CLAMD_SOCKET, stream)
    except (OSError, ScannerIsSilent, ValueError) as error:
        raise ValidationError(
            _(
                "The virus scanner does not answer, so the file is not taken. Try again in a few"
                " minutes; if it stays so, tell the administrator."
            ),
            code="scanner",
        ) from error
    if answer.endswith("FOUND"):
        found = answer.removeprefix("stream:").removesuffix("FOUND").strip()
        raise ValidationError(
            _("The virus scanner found “%(found)s” in the file. Do not open it; tell your IT."),
            code="virus",
            params={"found": found[:100]},
        )
    if not answer.endswith("OK"):
        raise ValidationError(
            _("The virus scanner could not read the file: %(answer)s. Make it smaller or link it."),
            code="scanner",
            params={"answer": answer[:200]},
        )


def _ask(address: str, stream: BinaryIO) -> str:
    """Send the file in pieces, each after its length, and return the one line of answer."""
    ends = time.monotonic() + MAX_WAIT
    with _connect(address) as scanner:
        scanner.sendall(b"zINSTREAM\0")
        try:
            while chunk := stream.read(_CHUNK):
                _hurry(scanner, ends)
                scanner.sendall(struct.pack(">I", len(chunk)) + chunk)
            scanner.sendall(struct.pack(">I", 0))
        except ConnectionError:
            # It hangs up on a file above its own limit; its last words say so.
            pass
        answer = b""
        while b"\0" not in answer and len(answer) < _MAX_ANSWER:
            _hurry(scanner, ends)
            if not (piece := scanner.recv(_MAX_ANSWER)):
                break
            answer += piece
    if not answer:
        raise ScannerIsSilent
    return answer.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _hurry(scanner: socket.socket, ends: float) -> None:
    """Give the next word its time, but never more than is left of the whole."""
    left = ends - time.monotonic()
    if left <= 0:
        raise ScannerIsSilent
    scanner.settimeout(min(TIMEOUT, left))


def _connect(address: str) -> socket.socket:
    """Connect to a path, or to a host and port."""
    if address.startswith("/"):
        scanner = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        scanner.settimeout(TIMEOUT)
        try:
            scanner.connect(address)
        except OSError:
            scanner.close()
            raise
        return scanner
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=TIMEOUT)
