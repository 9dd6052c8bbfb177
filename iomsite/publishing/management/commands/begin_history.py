"""`manage.py begin_history`: give everything that is public already its first version."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from iomsite.addresses.public_items import publishable_models
from iomsite.publishing.beginning import begin, without_history


class Command(BaseCommand):
    help = (
        "Write the first version, and the addresses, of everything that was public before there"
        " were versions. It can be broken off and run again; what has a history is left alone."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        total = sum(without_history(model).count() for model in publishable_models())
        begun = 0
        bar = tqdm(total=total, unit=" items", disable=not sys.stderr.isatty())
        for model in publishable_models():
            for count in begin(model):
                begun += count
                bar.update(count)
        bar.close()
        self.stdout.write(f"{begun} histories begun.")
