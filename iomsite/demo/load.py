"""The demonstration: a directory of facts, and the record of an invented organization.

Everything is loaded through the same doors that staff use, the two importers. What is here
already is left as it is, so loading again changes nothing.
"""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from PIL import Image

from initiatives.importing import SHIPPED_FILE
from initiatives.importing.entries import MODELS
from initiatives.importing.write import import_directory
from initiatives.models import Identifier, Organization, Person
from iomsite.demo import images
from iomsite.demo.desk import publish_drafts, publish_speeches
from iomsite.demo.names import confirm_names
from iomsite.pages.models import Page, PageText
from iomsite.publishing.models import Status
from speeches.importers.formats import parse
from speeches.importers.save import SpeechWriter
from speeches.models import Speech

DATA = Path(__file__).parent / "data"


class DemoRefusedError(Exception):
    """The demonstration would mix with somebody's real record, or its data is broken."""


def refuse_real_record(*, force: bool = False) -> None:
    """Raise DemoRefusedError when the database holds somebody's real speeches."""
    real = Speech.objects.filter(is_sample=False).exists()
    if real and not force and not Speech.objects.filter(is_sample=True).exists():
        raise DemoRefusedError(
            "This database holds real speeches. Load the demonstration into an empty one, or"
            " add --force."
        )


def load_demo() -> Iterator[str]:
    """Load the demonstration and yield a line on each step. All of it is saved, or nothing."""
    with transaction.atomic():
        yield f"Facts of the field: {_load_directory(SHIPPED_FILE)}"
        yield f"Invented organization: {_load_directory(DATA / 'directory.json', publish=False)}"
        yield f"Pictures of entries: {_add_pictures()} added."
        for model in MODELS.values():
            publish_drafts(_demo_entries(model))
        yield f"Section pages: {_load_pages()} added."
        yield f"Sample speeches: {_load_speeches()} added."
        yield f"Names in them: {confirm_names()} confirmed."


def _load_directory(file: Path, *, publish: bool = True) -> str:
    report = import_directory(file.read_bytes(), file.name, publish=publish)
    *_kept, last = report.lines()
    if report.is_refused:
        raise DemoRefusedError("\n".join(report.lines()))
    return last if not report.created else f"{report.created.total()} entries added."


def _demo_entries(model: Any) -> Any:
    """Return the invented entries of a kind: the real ones get no invented pictures."""
    keys = [entry["id"] for entry in _read_json("directory.json")["entities"]]
    return model.objects.filter(
        identifiers__scheme=Identifier.Scheme.DIRECTORY, identifiers__value__in=keys
    )


def _add_pictures() -> int:
    added = 0
    for organization in _demo_entries(Organization).filter(logo="", status=Status.DRAFT):
        organization.logo = as_file(images.logo(organization.slug))
        organization.logo_alternative = images.alternative_text("logo", organization.name)
        organization.save()
        added += 1
    for person in _demo_entries(Person).filter(portrait="", status=Status.DRAFT):
        person.portrait = as_file(images.portrait(person.slug))
        person.portrait_alternative = images.alternative_text("portrait", person.name)
        person.save()
        added += 1
    return added


def as_file(image: Image.Image) -> ContentFile:
    """Return a picture as an upload; the field then cleans and names it like any other."""
    encoded = io.BytesIO()
    image.save(encoded, "PNG")
    return ContentFile(encoded.getvalue(), name="picture.png")


def _load_pages() -> int:
    pages = _numbered(_read_json("pages.json"))
    return sum(_load_page(values, None, position) for position, values in pages)


def _load_page(values: dict[str, Any], parent: Page | None, position: int) -> int:
    """Add a page with the pages below it; one whose address is taken stays as it is."""
    page = Page(slug=values["slug"], parent=parent, position=position)
    there = Page.objects.filter(path=page.make_path()).first()
    if there is None:
        if parent is None:
            page.image = as_file(images.landscape(page.slug))
            page.image_alternative = images.alternative_text("landscape")
        page.full_clean()
        page.save()
        for language, title in values["title"].items():
            text = PageText(page=page, language=language, title=title)
            text.introduction = values["introduction"].get(language, "")
            text.body = values["body"].get(language, "")
            text.full_clean()
            text.save()
        publish_drafts([page])
    children = _numbered(values.get("children", []))
    return (there is None) + sum(
        _load_page(child, there or page, place) for place, child in children
    )


def _load_speeches() -> int:
    file = DATA / "speeches.jsonl"
    began = timezone.now()
    writer = SpeechWriter()
    with file.open("rb") as stream:
        writer.write_all(parse(stream, f"demo/{file.name}"), file.name)
    if writer.report.problems:
        raise DemoRefusedError("\n".join(writer.report.lines()))
    added = Speech.objects.filter(texts__sources__uri__startswith="demo/", created_at__gte=began)
    keys = list(added.values_list("pk", flat=True))
    Speech.objects.filter(pk__in=keys).update(is_sample=True)
    publish_speeches(Speech.objects.filter(pk__in=keys).order_by("pk"))
    return writer.report.created


def _numbered(rows: list[dict[str, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    return enumerate(rows, start=1)


def _read_json(name: str) -> Any:
    return json.loads((DATA / name).read_text("utf-8"))
