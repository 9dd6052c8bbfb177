"""`manage.py remember_addresses`: write down the addresses of everything that is public."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from tqdm import tqdm

from iomsite.addresses.ledger import AddressTakenError, remember, remember_all
from iomsite.addresses.public_items import in_batches, items_out, publishable_models


class Command(BaseCommand):
    help = (
        "Write into the ledger of addresses what is public and not yet in it: once after the"
        " upgrade, and nightly, for what was written past the workflow. Safe to run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        added, refused = 0, []
        total = sum(items_out(model).count() for model in publishable_models())
        with tqdm(total=total, unit=" items", disable=not sys.stderr.isatty()) as bar:
            for model in publishable_models():
                for batch in in_batches(items_out(model)):
                    count, problems = _remember_batch(batch)
                    added += count
                    refused += problems
                    bar.update(len(batch))
        for problem in refused:
            self.stderr.write(problem)
        self.stdout.write(f"{added} addresses added to the ledger.")


def _remember_batch(batch: list[Any]) -> tuple[int, list[str]]:
    """Remember a batch; where one item's address is taken, the others are remembered alone."""
    try:
        with transaction.atomic():
            return remember_all(batch), []
    except AddressTakenError:
        pass
    added, refused = 0, []
    for item in batch:
        try:
            with transaction.atomic():
                added += remember(item)
        except AddressTakenError as error:
            refused.append(f"{item._meta.verbose_name} {item.pk}: {' '.join(error.messages)}")
    return added, refused
