"""A name for what this release makes of the record: pages made by another one are old."""

import hashlib
from functools import cache
from pathlib import Path

import django
from django.conf import settings

MADE_OF = {
    "templates": "*.html",
    "static": "*",
    "locale": "*.mo",
    "iomsite": "*.py",
    "initiatives": "*.py",
    "speeches": "*.py",
    ".": "constraints.txt",
}
"""Folders of the project with the files in them that pages are made of."""


@cache
def files_stamp() -> str:
    """Return a checksum of the project's own files: the same in each process and machine."""
    stamp = hashlib.sha256(django.get_version().encode())
    root = Path(settings.BASE_DIR)
    for folder, pattern in MADE_OF.items():
        found = (root / folder).glob(pattern) if folder == "." else (root / folder).rglob(pattern)
        for path in sorted(found):
            if path.is_file():
                stamp.update(str(path.relative_to(root)).encode())
                stamp.update(hashlib.sha256(path.read_bytes()).digest())
    return stamp.hexdigest()


def release() -> str:
    """Return what pages depend on beside the record and the address."""
    names = (settings.SITE_NAME, settings.ORGANIZATION_NAME, settings.ORGANIZATION_SLUG)
    places = (settings.REFERENCE_PREFIX, settings.TIME_ZONE, settings.LANGUAGE_CODE)
    return repr((files_stamp(), *names, *places))
