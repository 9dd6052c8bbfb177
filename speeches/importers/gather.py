"""Which files an import reads: those given, those of a folder, and none outside of it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from .parsed import RowProblem


class InputFile(NamedTuple):
    """A file to read, and the name it goes by in the record: never this machine's folders."""

    path: Path
    name: str


def gather(paths: Sequence[Path], folder: Path | None = None) -> Iterator[InputFile | RowProblem]:
    """Yield the files of an import in order; what may not be read comes as a problem.

    With `folder` every path is looked up in it, and nothing that lies outside is read,
    whether by `..` or by a link.
    """
    names: dict[str, Path] = {}
    for path in paths:
        for found in _find(path, folder):
            if isinstance(found, RowProblem):
                yield found
            elif names.setdefault(found.name, found.path) != found.path:
                message = _("Two files go by this name. Import them from the folder above both.")
                yield RowProblem(found.name, "", message)
            else:
                yield found


def _find(path: Path, folder: Path | None) -> Iterator[InputFile | RowProblem]:
    given = folder / path if folder else path
    if folder and not _is_inside(given, folder):
        yield _outside(path.as_posix(), folder)
    elif given.is_dir():
        yield from _files_of(given, folder)
    elif given.is_file():
        yield InputFile(given, _name_in(given, folder))
    else:
        yield RowProblem(path.name, "", _("There is no such file. Check the path."))


def _files_of(given: Path, folder: Path | None) -> Iterator[InputFile | RowProblem]:
    """Yield the files of a folder and the folders in it, by name; hidden ones are passed over."""
    root = folder or given
    found = False
    for file in sorted(given.rglob("*")):
        if any(part.startswith(".") for part in file.relative_to(given).parts):
            continue
        if not _is_inside(file, given):
            yield _outside(file.relative_to(given).as_posix(), given)
        elif file.is_file():
            found = True
            yield InputFile(file, _name_in(file, root))
    if not found:
        yield RowProblem(given.name, "", _("The folder has no files to import."))


def _is_inside(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _outside(name: str, folder: Path) -> RowProblem:
    message = _("This leads outside the folder “%(folder)s”. Copy the file into it.")
    return RowProblem(name, "", message % {"folder": folder.resolve().name})


def _name_in(path: Path, root: Path | None) -> str:
    if root is None:
        return path.name
    return path.resolve().relative_to(root.resolve()).as_posix()
