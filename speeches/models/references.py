"""Reference numbers of speeches: minted once, never changed, never given again."""

from django.conf import settings
from django.db import models, transaction


class ReferenceSequence(models.Model):
    """The last number given in a year. Rows only count up, so a deleted number stays used."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last_number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last_number}"

    @classmethod
    def mint(cls, year: int) -> str:
        """Return the next reference of a year, such as `IOM/SP/2008/014`.

        The row is locked until the transaction ends, so two savers never get one number.
        """
        with transaction.atomic():
            cls.objects.get_or_create(year=year)
            sequence = cls.objects.select_for_update().get(year=year)
            sequence.last_number += 1
            sequence.save(update_fields=["last_number"])
        return f"{settings.REFERENCE_PREFIX}/{year}/{sequence.last_number:03d}"
