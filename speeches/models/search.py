"""What the search keeps as rows of its own: its state, its list of things to do, synonyms.

The index itself is no model: see speeches/search/.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iomsite.fields import LanguageField
from iomsite.languages import DEFAULT_LANGUAGE


class SearchIndex(models.Model):
    """One generation of the index: a set of tables, of which one is live.

    A rebuild fills the next generation while the live one answers.
    """

    generation = models.PositiveIntegerField(unique=True)
    is_live = models.BooleanField(default=False)
    revision = models.PositiveBigIntegerField(default=0)
    passages = models.PositiveBigIntegerField(default=0)
    built_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("search index")
        verbose_name_plural = _("search indexes")
        constraints = [
            models.UniqueConstraint(
                fields=["is_live"], condition=Q(is_live=True), name="search_index_one_live"
            ),
        ]

    def __str__(self) -> str:
        return f"generation {self.generation}"


class SearchChange(models.Model):
    """Something that the index has not taken in yet, noted in the transaction of the change.

    A speech noted here is left out of every answer until it is, so a crash between the
    change and the index hides a speech for a while, but never shows one taken back.
    """

    class Kind(models.TextChoices):
        SPEECH = "speech", _("speech")
        RELATIONS = "relations", _("what a speech is related to")
        ENTRY = "entry", _("names of an entry")

    kind = models.CharField(max_length=9, choices=Kind)
    key = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("change to index")
        verbose_name_plural = _("changes to index")
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="search_change_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Synonym(models.Model):
    """Two expressions that mean the same to a reader: who searches one finds the other."""

    expression = models.CharField(
        _("expression"), max_length=80, help_text=_("A word, an acronym or a few words: IDP.")
    )
    meaning = models.CharField(
        _("means the same as"), max_length=80, help_text=_("internally displaced person")
    )
    language = LanguageField(_("language"), default=DEFAULT_LANGUAGE)

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["expression", "meaning"]
        constraints = [
            models.UniqueConstraint(
                fields=["expression", "meaning"],
                name="synonym_once",
                violation_error_message=_("This pair is in the list already."),
            ),
            models.CheckConstraint(
                condition=~Q(expression="") & ~Q(meaning=""), name="synonym_has_both"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expression} = {self.meaning}"

    def clean(self) -> None:
        super().clean()
        if self.expression.casefold() == self.meaning.casefold():
            raise ValidationError({"meaning": _("Write another expression than the first one.")})
