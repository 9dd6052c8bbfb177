"""The links that lead out of the public pages of the record."""

from collections.abc import Iterator

from django.db.models import Q

from iomsite.addresses.links.sources import FoundLink, in_bodies, in_column
from speeches.models import Attachment, Source, Speech, SpeechText


def links_of_speeches() -> Iterator[FoundLink]:
    """Yield the links in texts, where the texts came from, and what is linked as attachment."""
    public = Speech.objects.published().order_by().values("pk")
    texts = SpeechText.objects.filter(speech__in=public)
    yield from in_bodies(texts, "body", item="speech", of=Speech)
    is_web = Q(uri__startswith="https://") | Q(uri__startswith="http://")
    sources = Source.objects.filter(is_web, speech_text__speech__in=public)
    yield from in_column(sources, "uri", item="speech_text__speech", of=Speech)
    attachments = Attachment.objects.filter(speech__in=public)
    yield from in_column(attachments, "url", item="speech", of=Speech)
