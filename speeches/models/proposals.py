"""Names that texts give and the directory lacks, and the passages they come from."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from speeches.models.texts import Passage


class Proposal(models.Model):
    """A new entry, or another name of an entry, that somebody should decide about.

    One row for a name, however many speeches have it: `key` is the name as the finder
    compares names, so that two spellings of it are one proposal.
    """

    class Kind(models.TextChoices):
        ORGANIZATION = "organization", _("organization")
        INITIATIVE = "initiative", _("initiative")
        MEETING_SERIES = "meeting_series", _("meeting series")
        MEETING = "meeting", _("meeting")
        PERSON = "person", _("person")
        ALIAS = "alias", _("another name of an entry")

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        ACCEPTED = "accepted", _("Entered")
        ALIAS = "alias", _("Another name of an entry")
        REJECTED = "rejected", _("Rejected")

    key = models.CharField(max_length=400, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=300)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    role = models.CharField(_("role"), max_length=200, blank=True)
    near = models.JSONField(
        _("maybe the same as"), default=list, help_text=_("Pairs of a kind and a key.")
    )
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposed entry")
        verbose_name_plural = _("proposed entries")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(key=""), name="proposal_has_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.acronym})" if self.acronym else self.name


class ProposalOccurrence(models.Model):
    """One place in a text where the proposed name stands."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="occurrences")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="proposals")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    confidence = models.FloatField(_("confidence"), default=1.0)
    reason = models.JSONField(_("reason"), default=dict)

    class Meta:
        verbose_name = _("place of a proposed name")
        verbose_name_plural = _("places of a proposed name")
        ordering = ["passage", "start"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="occurrence_has_words"),
            models.UniqueConstraint(
                fields=["proposal", "passage", "start", "end"], name="occurrence_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.proposal)
