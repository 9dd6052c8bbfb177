"""What linking keeps of its own: keys of names, the catalogue's version, which texts are done.

All of it is derived and disposable: `manage.py link_mentions --all` makes it anew.
"""

from django.db import models

from iomsite.fields import LanguageField
from speeches.models.texts import SpeechText


class NameKey(models.Model):
    """One name of the directory as the finder looks for it: its tokens, worked out once."""

    kind = models.CharField(max_length=14)
    owner = models.CharField(max_length=20)
    """The key of the entry's row, or the code of a country."""
    text = models.CharField(max_length=300)
    language = LanguageField()
    name_kind = models.CharField(max_length=8)
    policy = models.CharField(max_length=6, blank=True)
    tokens = models.TextField()
    """The tokens, one blank between two."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "owner", "text", "language", "name_kind"], name="name_key_once"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class NameChange(models.Model):
    """An entry whose names have changed, noted in the transaction of the change."""

    kind = models.CharField(max_length=14)
    owner = models.CharField(max_length=20)

    def __str__(self) -> str:
        return f"{self.kind}:{self.owner}"


class CatalogueState(models.Model):
    """The catalogue's state, drawn anew at each change: who holds another one reads it again."""

    version = models.PositiveBigIntegerField(default=0)
    scheme = models.PositiveSmallIntegerField(default=0)
    """By which reading of names the keys were made."""

    def __str__(self) -> str:
        return str(self.version)


class TextLinking(models.Model):
    """A text whose names were looked for, and with which catalogue. No row: it waits."""

    speech_text = models.OneToOneField(
        SpeechText, on_delete=models.CASCADE, primary_key=True, related_name="linking"
    )
    version = models.PositiveBigIntegerField()
    linked_at = models.DateTimeField(auto_now=True)
    cited_at = models.DateTimeField(null=True)
    """When it was last asked what the text quotes; empty when its words are new."""

    def __str__(self) -> str:
        return f"{self.speech_text_id}: {self.version}"
