"""The virus scanner, played by a small server that speaks ClamAV's protocol."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from iomsite.files import scanning
from iomsite.files.examine import examine

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
Answer = Callable[[bytes], bytes]


def verdict(content: bytes) -> bytes:
    return b"stream: Eicar-Test FOUND\0" if EICAR in content else b"stream: OK\0"


def converse(line: socket.socket, answer: Answer) -> None:
    stream = line.makefile("rb")
    assert stream.read(10) == b"zINSTREAM\0"
    content = b""
    while length := int.from_bytes(stream.read(4), "big"):
        content += stream.read(length)
    with contextlib.suppress(ConnectionError):
        line.sendall(answer(content))


@contextlib.contextmanager
def scanner(path: Path, answer: Answer = verdict) -> Iterator[str]:
    """Listen on a socket and answer one file."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()

        def serve() -> None:
            line, _from = server.accept()
            with line:
                converse(line, answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield str(path)
        thread.join(5)


def pdf(content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile("paper.pdf", b"%PDF-1.7 " + content)


def test_a_clean_file_passes_whatever_its_size(settings, tmp_path):
    received = []

    def clean(content: bytes) -> bytes:
        received.append(content)
        return b"stream: OK\0"

    upload = pdf(b"0" * 700_000)
    with scanner(tmp_path / "clamd", clean) as settings.CLAMD_SOCKET:
        examine(upload)

    upload.seek(0)
    assert received == [upload.read()]


def test_a_virus_is_refused_by_its_name(settings, tmp_path):
    with (
        scanner(tmp_path / "clamd") as settings.CLAMD_SOCKET,
        pytest.raises(ValidationError, match="found “Eicar-Test”"),
    ):
        examine(pdf(EICAR))


def test_a_scanner_on_another_machine_is_asked_by_host_and_port(settings):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            line, _from = server.accept()
            with line:
                converse(line, verdict)

        threading.Thread(target=serve, daemon=True).start()
        settings.CLAMD_SOCKET = f"127.0.0.1:{server.getsockname()[1]}"

        with pytest.raises(ValidationError, match="Eicar-Test"):
            examine(pdf(EICAR))


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"nonsense\0"])
def test_a_file_the_scanner_does_not_judge_is_refused(settings, tmp_path, answer):
    with (
        scanner(tmp_path / "clamd", lambda _content: answer) as settings.CLAMD_SOCKET,
        pytest.raises(ValidationError, match=r"virus scanner (does not answer|could not read)"),
    ):
        examine(pdf())


@pytest.mark.parametrize("address", ["/nowhere/clamd.sock", "127.0.0.1:1", "no port", ":", "x:y"])
def test_a_scanner_that_is_not_there_refuses_every_file_and_says_so(settings, address):
    settings.CLAMD_SOCKET = address

    with pytest.raises(ValidationError, match="does not answer, so the file is not taken"):
        examine(pdf())


def test_a_scanner_that_says_nothing_is_not_waited_for_without_end(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(scanning, "TIMEOUT", 0.2)
    asked = threading.Event()

    def silence(_content: bytes) -> bytes:
        asked.wait(5)
        return b""

    with scanner(tmp_path / "clamd", silence) as settings.CLAMD_SOCKET:
        with pytest.raises(ValidationError, match="does not answer"):
            examine(pdf())
        asked.set()


def test_a_scanner_that_dawdles_has_so_many_seconds_altogether(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(scanning, "MAX_WAIT", 0)

    with (
        scanner(tmp_path / "clamd") as settings.CLAMD_SOCKET,
        pytest.raises(ValidationError, match="does not answer"),
    ):
        examine(pdf())


def test_without_a_scanner_nobody_is_asked(settings):
    settings.CLAMD_SOCKET = ""

    examine(pdf(EICAR))
