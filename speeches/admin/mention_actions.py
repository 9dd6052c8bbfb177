"""What an editor can do on the desk of a text's names: each action says what it did."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iomsite.countries import is_country
from iomsite.dates import Precision
from iomsite.publishing.keeping import editing
from speeches.mentions import deciding
from speeches.mentions.deciding import DecidedAlready, state_of
from speeches.mentions.deskwork import interval_of
from speeches.mentions.entries import entries_of
from speeches.mentions.linking import link
from speeches.models import Mention, Speech, SpeechText
from speeches.targets import KINDS, Target

Action = Callable[[HttpRequest, SpeechText], str]


def act(request: HttpRequest, text: SpeechText) -> str:
    """Do what a form of the desk asks for and return what was done, in a sentence.

    Raises DecidedAlready when somebody was quicker, ValidationError when it cannot be done.
    """
    action = ACTIONS.get(request.POST.get("action", ""))
    if action is None:
        raise ValidationError(_("The page was sent incompletely. Try it again."))
    return action(request, text)


def _mention(request: HttpRequest, text: SpeechText) -> Mention:
    """Return the mention of a form, if it still is as the form showed it."""
    key = request.POST.get("mention", "")
    rows = Mention.objects.filter(passage__speech_text=text).select_related(
        "passage__speech_text", "decided_by"
    )
    is_key = key.isascii() and key.isdigit() and len(key) < 19
    mention = rows.filter(pk=int(key)).first() if is_key else None
    if mention is None or state_of(mention) != request.POST.get("seen", ""):
        raise DecidedAlready(mention)
    return mention


def _target(request: HttpRequest) -> Target:
    kind, _colon, key = request.POST.get("target", "").partition(":")
    is_key = kind == "country" or (key.isascii() and key.isdigit() and len(key) < 19)
    if kind in KINDS and is_key and key:
        target = Target(kind, key if kind == "country" else int(key))
        if _is_known(target) and target in entries_of([target]):
            return target
    raise ValidationError(_("This entry is not in the directory any more. Choose another one."))


def _is_known(target: Target) -> bool:
    return target.kind != "country" or is_country(str(target.key))


def _link(request: HttpRequest, text: SpeechText) -> str:
    found = link(text)
    count = len(found.mentions)
    return ngettext("%(count)s name was found.", "%(count)s names were found.", count) % {
        "count": count
    }


def _confirm(request: HttpRequest, text: SpeechText) -> str:
    mention = _mention(request, text)
    deciding.confirm([mention], request.user)
    return _("“%(words)s” is confirmed.") % {"words": mention.surface}


def _reject(request: HttpRequest, text: SpeechText) -> str:
    mention = _mention(request, text)
    count = deciding.reject(mention, request.user, everywhere=False)
    return _rejected(mention, count)


def _reject_everywhere(request: HttpRequest, text: SpeechText) -> str:
    mention = _mention(request, text)
    count = deciding.reject(mention, request.user, everywhere=True)
    return _rejected(mention, count)


def _rejected(mention: Mention, count: int) -> str:
    return ngettext(
        "“%(words)s” is rejected, in %(count)s place.",
        "“%(words)s” is rejected, in %(count)s places.",
        count,
    ) % {"words": mention.surface, "count": count}


def _retarget(request: HttpRequest, text: SpeechText) -> str:
    mention = deciding.retarget(_mention(request, text), _target(request), request.user)
    return _("“%(words)s” leads to the entry that you chose.") % {"words": mention.surface}


def _reopen(request: HttpRequest, text: SpeechText) -> str:
    mention = deciding.reopen(_mention(request, text), request.user)
    return _("“%(words)s” is open again.") % {"words": mention.surface}


def _add(request: HttpRequest, text: SpeechText) -> str:
    anchor, words = request.POST.get("anchor", ""), request.POST.get("words", "")
    passage = text.passages.filter(anchor=anchor[:12].replace("\x00", "")).first()
    start = passage.text.find(words) if passage and words.strip() else -1
    if passage is None or start < 0:
        raise ValidationError(_("These words are not in the paragraph. Mark them again."))
    end = start + len(words)
    mention = deciding.add_by_hand(passage, start, end, _target(request), request.user)
    return _("“%(words)s” is marked and confirmed.") % {"words": mention.surface}


def _confirm_above(request: HttpRequest, text: SpeechText) -> str:
    asked = request.POST.get("percent", "")
    if not (asked.isascii() and asked.isdigit() and int(asked[:4]) <= 100):
        raise ValidationError(_("Give a number from 0 to 100."))
    count = deciding.confirm_above(text, int(asked) / 100, request.user)
    return ngettext(
        "%(count)s suggestion is confirmed.", "%(count)s suggestions are confirmed.", count
    ) % {"count": count}


def _take_interval(request: HttpRequest, text: SpeechText) -> str:
    """Write the days that the text speaks of as its date, as exactly as one date can say it."""
    inferred = interval_of(text)
    if inferred is None:
        raise ValidationError(_("The text has a day, or its words do not tell one."))
    first, last = inferred[0].first, inferred[0].last
    precision = Precision.DAY if first == last else Precision.MONTH
    if (first.year, first.month) != (last.year, last.month):
        precision = Precision.YEAR
    if first.year != last.year:
        raise ValidationError(_("The days lie in two years. Enter the day by hand."))
    with editing(text.speech, request.user) as desk:
        speech: Speech = desk.item
        month = 1 if precision == Precision.YEAR else first.month
        day = first.day if precision == Precision.DAY else 1
        speech.delivered_on = first.replace(month=month, day=day)
        speech.delivered_precision = precision
        speech.save()
    return _("The date is taken over from the text. Look at it before you publish it.")


ACTIONS: Mapping[str, Action] = {
    "link": _link,
    "confirm": _confirm,
    "reject": _reject,
    "reject_everywhere": _reject_everywhere,
    "retarget": _retarget,
    "reopen": _reopen,
    "add": _add,
    "confirm_above": _confirm_above,
    "take_interval": _take_interval,
}


def permitted(user: Any) -> bool:
    """Say whether somebody may decide about names."""
    return bool(user.has_perm("speeches.change_mention"))
