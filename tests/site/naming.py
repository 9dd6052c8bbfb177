"""Confirmed mentions between what is public and what is hidden, for the test of leaks."""

from itertools import combinations
from typing import Any

from django.utils import timezone

from speeches.mentions.anchoring import place_links
from speeches.mentions.entries import MODELS, target_for
from speeches.models import Mention, Passage, Speech
from speeches.targets import Target
from tests import make
from tests.site.canaries import HIDDEN, TAKEN_BACK, Aviary


def name_in(speech: Any, targets: list[Target], first: int = 0) -> int:
    """Let stretches of a speech's first paragraph lead to some entries; return how many do."""
    passage = Passage.objects.filter(speech_text__speech=speech, retired_at=None).first()
    if passage is None:
        return 0
    spans = list(combinations(range(len(passage.text) + 1), 2))[first:]
    mentions = []
    for target, (start, end) in zip(targets, spans, strict=False):
        mention = Mention(
            passage=passage, start=start, end=end, surface=passage.text[start:end],
            status=Mention.Status.CONFIRMED, method=Mention.Method.HAND, reason={"code": "hand"},
            decided_at=timezone.now(),
        )  # fmt: skip
        mention.target = target
        mentions.append(mention)
    place_links(passage.speech_text, mentions)
    Mention.objects.bulk_create(mentions)
    return len(mentions)


def name_the_public(hubs: dict[Any, Any]) -> None:
    """Let a public speech name every public entry."""
    entries = [target_for(hub) for model, hub in hubs.items() if model in MODELS.values()]
    name_in(hubs[make.Speech], [*entries, Target("country", "CH")], first=100)


def name_the_hidden(hubs: dict[Any, Any], aviary: Aviary) -> int:
    """Let the public speech name all that is hidden, and what is hidden name the public."""
    hidden = [
        item
        for (_kind, state), item in aviary.items.items()
        if item.pk and state in (*HIDDEN, *TAKEN_BACK)
    ]
    entries = [target_for(item) for item in hidden if type(item) in MODELS.values()]
    public = [target_for(hub) for model, hub in hubs.items() if model in MODELS.values()]
    made = name_in(hubs[make.Speech], entries)
    for item in hidden:
        if isinstance(item, Speech):
            made += name_in(item, public)
    return made
