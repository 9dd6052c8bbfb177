"""The house rules that a machine can check. Each failure says what to do."""

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.make import make_staff

ROOT = Path(__file__).resolve().parents[2]
CODE = ("iomsite", "initiatives", "speeches")
LONGEST_MODULE = 300
LONGEST_TEMPLATE = 80
LONGEST_FUNCTION = 40

NOT_OURS = {".git", ".hypothesis", "var", "test-results", "htmlcov"}


def files(*folders: str, ending: str = "") -> Iterator[Path]:
    """Yield the project's own files, without what tools and installs leave behind."""
    for top in folders or (".",):
        for folder, below, names in os.walk(ROOT / top):
            here = Path(folder)
            below[:] = [
                name
                for name in below
                if name not in NOT_OURS
                and not name.endswith(("_cache", "__pycache__"))
                and not (here / name / "pyvenv.cfg").exists()
            ]
            yield from (here / name for name in names if name.endswith(ending))


def modules() -> list[Path]:
    """Return every Python file that people write: migrations are written by Django."""
    return [path for path in files(ending=".py") if "migrations" not in path.parts]


def components() -> list[str]:
    return sorted(path.name for path in files("templates/components", ending=".html"))


def lines_of(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def too_long(paths: Iterator[Path] | list[Path], most: int) -> dict[str, int]:
    found = {str(path.relative_to(ROOT)): lines_of(path) for path in paths}
    return {name: lines for name, lines in found.items() if lines > most}


def test_no_python_file_is_too_long_to_be_read_at_once() -> None:
    assert too_long(modules(), LONGEST_MODULE) == {}, "Split them by subject."


def test_no_template_is_too_long_to_be_read_at_once() -> None:
    found = too_long(files("templates", ending=".html"), LONGEST_TEMPLATE)

    assert found == {}, "Take components out of them."


def test_no_function_is_too_long_to_be_read_at_once() -> None:
    found = {}
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > LONGEST_FUNCTION and "tests" not in path.parts:
                    found[f"{path.relative_to(ROOT)}: {node.name}"] = lines

    assert found == {}, "Give their steps names."


def documented_variables() -> set[str]:
    return set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/settings.md").read_text(), re.M))


def variables_read() -> set[str]:
    """Return what settings, the web server and the tests read from the environment."""
    reading = r"""(?:env\.\w+|environ\.get|environ)[(\[]\s*["']([A-Z_]+)["']"""
    places = ("iomsite/settings.py", "gunicorn.conf.py", "tests/conftest.py")
    found: set[str] = set()
    for place in places:
        found |= set(re.findall(reading, (ROOT / place).read_text()))
    return found


def test_every_variable_that_is_read_is_documented_and_the_other_way_round() -> None:
    assert documented_variables() == variables_read(), "docs/settings.md has one row for each."


def test_every_command_is_in_the_documentation() -> None:
    documents = [ROOT / "README.md", *files("docs", ending=".md")]
    words = "\n".join(path.read_text("utf-8") for path in documents)
    commands = {
        path.stem
        for folder in CODE
        for path in files(folder, ending=".py")
        if path.parent.name == "commands" and path.stem != "__init__"
    }

    assert {name for name in commands if f"manage.py {name}" not in words} == set()


def test_styles_know_no_left_and_right() -> None:
    physical = re.compile(
        r"(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b"
        r"|(?:^|[\s;{])(?:left|right)\s*:"
        r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
        r"|border-(?:top|bottom)-(?:left|right)-radius",
        re.M,
    )
    found = {
        str(path.relative_to(ROOT)): physical.findall(path.read_text("utf-8"))
        for path in files("static", ending=".css")
    }

    assert {name: hits for name, hits in found.items() if hits} == {}, (
        "Use logical properties (margin-inline-start …): Arabic has to mirror."
    )


@pytest.mark.parametrize("name", components())
def test_a_component_says_on_top_what_it_takes(name: str) -> None:
    text = (ROOT / "templates/components" / name).read_text("utf-8")

    assert re.match(rf"\s*{{% comment %}}\s*{name.removesuffix('.html')}\b", text), (
        "Open with a comment: the component's name, what it is, its variables."
    )


@pytest.mark.django_db
def test_every_component_stands_in_the_style_guide(client: Client) -> None:
    client.force_login(make_staff())
    page = client.get(reverse("styleguide")).content.decode()
    shown = {f"{name}.html" for name in re.findall(r'<section [^>]*"sample-(\w+)"', page)}

    assert set(components()) - shown == set(), "Give them sample values in iomsite/samples.py."


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    homes = "|".join(("home", "root", "Users", "wo" + "rk", "mnt", "far" + "m"))
    path_of_a_machine = re.compile(rf"(?<![\w.:/}}*-])/(?:{homes})/[\w.]")
    found = {}
    for path in files():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        if (hit := path_of_a_machine.search(text)) and path.name != ".env":
            found[str(path.relative_to(ROOT))] = hit[0]

    assert found == {}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_and_says_why_it_is_there(name: str) -> None:
    required = [
        line
        for line in (ROOT / name).read_text().splitlines()
        if line and not line.startswith(("#", "-r "))
    ]
    pinned = re.compile(r"^[\w.-]+(\[[\w,]+\])?==[\w.]+ +# \S+ \S+")

    assert required
    assert [line for line in required if not pinned.match(line)] == []


def test_every_requirement_is_in_the_lock_at_the_same_version() -> None:
    locked = set(re.findall(r"^([\w.-]+==[\w.]+)", (ROOT / "constraints.txt").read_text(), re.M))
    for name in ("requirements.txt", "requirements-dev.txt"):
        for package, version in re.findall(
            r"^([\w.-]+)(?:\[[\w,]+\])?==([\w.]+)", (ROOT / name).read_text(), re.M
        ):
            assert f"{package.lower()}=={version}" in locked, "Run make lock."


def test_nothing_writes_html_past_the_fields_that_clean_it() -> None:
    past = re.compile(r"\bupdate\([^)]*\b(?:body|description)\s*=|"
                      r"\bbulk_update\([^)]*[\"'](?:body|description)[\"']")  # fmt: skip
    found = [
        str(path.relative_to(ROOT)) for path in files(*CODE, ending=".py")
        if past.search(path.read_text("utf-8"))
    ]  # fmt: skip

    assert found == [], "update() and bulk_update() skip pre_save: save the instances."
