"""Telling an editor who else is at work on an item, before both have typed."""

from datetime import timedelta
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from iomsite.publishing.desk import Desk
from iomsite.publishing.models import Opening
from iomsite.publishing.workflow_forms import name_of

TOLD_FOR = timedelta(hours=2)
MOST_TOLD = 5


def opened(desk: Desk, user: Any) -> list[str]:
    """Note that somebody opens the form of an item, and return what to tell of the others."""
    since = desk.now - TOLD_FOR
    Opening.objects.filter(opened_at__lt=since).delete()
    others = Opening.objects.of(desk.item).exclude(user=user).select_related("user")
    told = [
        _("%(who)s opened this %(time)s ago and may be changing it.")
        % {"who": name_of(one.user), "time": timesince(one.opened_at, desk.now)}
        for one in others.order_by("-opened_at")[:MOST_TOLD]
    ]
    told += _saved(desk, user, since)
    Opening.objects.bulk_create(
        [Opening(kind=desk.kind, item=desk.item.pk, user=user, opened_at=desk.now)],
        update_conflicts=True,
        unique_fields=["kind", "item", "user"],
        update_fields=["opened_at"],
    )
    return told


def closed(desk: Desk, user: Any) -> None:
    """Note that somebody has saved the form, and so has it open no more."""
    Opening.objects.of(desk.item).filter(user=user).delete()


def _saved(desk: Desk, user: Any, since: Any) -> list[str]:
    """Return who saved it last, if that was lately and somebody else."""
    kind = ContentType.objects.get_for_model(desk.item)
    entries = LogEntry.objects.filter(
        content_type=kind, object_id=str(desk.item.pk), action_flag=CHANGE, action_time__gte=since
    )
    last = entries.select_related("user").order_by("-action_time", "-pk").first()
    if last is None or last.user_id == user.pk:
        return []
    words = {"who": name_of(last.user), "time": timesince(last.action_time, desk.now)}
    return [_("%(who)s saved this %(time)s ago.") % words]
