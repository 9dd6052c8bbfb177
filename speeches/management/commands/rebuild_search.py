"""`manage.py rebuild_search`: make the search index from nothing, while the old one answers."""

from typing import Any

from django.core.management.base import BaseCommand

from speeches.management.progress import show_indexing
from speeches.search.index.building import rebuild


class Command(BaseCommand):
    help = (
        "Build the search index from the published speeches and the directory. The old index"
        " answers until the new one is complete, and changes made meanwhile are in both."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with show_indexing() as progress:
            tables = rebuild(progress)
        self.stdout.write(f"The search index is complete (generation {tables.generation}).")
