"""Publishing what is due. No worker has to be alive: whoever asks next for a page does it."""

import logging
from typing import Any

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from iomsite.audit.log import record
from iomsite.publishing import steps
from iomsite.publishing.desk import Desk, Stage
from iomsite.publishing.models import QueryTime, WorkingCopy
from iomsite.publishing.restoring import DoesNotFit

log = logging.getLogger(__name__)


def due() -> Any:
    """Return the working copies whose time has come and that nothing keeps back."""
    return WorkingCopy.objects.filter(
        stage=Stage.SCHEDULED, due_at__lte=QueryTime(), failure=""
    ).order_by("due_at", "pk")


def publish_due() -> int:
    """Publish every working copy that is due, each in a transaction; return how many.

    One that cannot be published keeps its reason, which staff see, and holds up no other.
    """
    published = 0
    for copy in list(due()):
        try:
            published += _publish(copy)
        except DoesNotFit as error:
            log.error("%s was due and could not be published: %s", copy, error)
            _keep_back(copy, str(error))
        except DatabaseError:
            # The database is busy or away: whoever asks next tries again.
            raise
        except Exception:
            # A mistake of ours must not answer every visitor with an error from now on.
            log.exception("%s was due and could not be published", copy)
            _keep_back(copy, _("The site made a mistake. Its log says which."))
    return published


def _keep_back(copy: WorkingCopy, reason: str) -> None:
    WorkingCopy.objects.filter(pk=copy.pk).update(failure=reason[:500])


def _publish(copy: WorkingCopy) -> bool:
    item = copy.find_item()
    if item is None:
        copy.delete()
        return False
    with transaction.atomic():
        desk = Desk.locked(item)
        # Another process may have been quicker, or somebody may have changed the time.
        if desk.copy is None or not due().filter(pk=desk.copy.pk).exists():
            return False
        version = steps.swap(desk)
        data = {"version": version.number, "version_hash": version.hash}
        record("publishing.publish_due", actor=None, kind=desk.kind, item=item.pk, data=data)
    return True
