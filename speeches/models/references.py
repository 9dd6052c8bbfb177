"""Reference numbers of speeches: minted once, never changed, never given again."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import F


class ReferenceSequence(models.Model):
    """The last number given in a year. Rows only count up, so a deleted number stays used."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last_number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last_number}"

    @classmethod
    def mint(cls, year: int) -> str:
        """Return the next reference of a year, such as `IOM/SP/2008/014`.

        Counting locks the row until the transaction ends, so two savers never get one number.
        """
        with transaction.atomic():
            row = cls.objects.filter(year=year)
            if not row.update(last_number=F("last_number") + 1):
                cls.objects.get_or_create(year=year)
                row.update(last_number=F("last_number") + 1)
            number = row.values_list("last_number", flat=True).get()
        return f"{settings.REFERENCE_PREFIX}/{year}/{number:03d}"
