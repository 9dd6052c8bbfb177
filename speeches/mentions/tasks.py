"""Linking the archive in the background, by the tasks queue in the database.

`manage.py db_worker` does it; without one, texts are linked when an editor opens them, and by
`manage.py link_mentions`.
"""

from django.db import transaction
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from speeches.mentions.linking import link_waiting


@task()
def relink() -> int:
    """Link all texts that wait; return their number."""
    return link_waiting()


def request_relinking() -> None:
    """Ask the worker to link what waits, once the open transaction ends. Asked once is enough."""
    connection = transaction.get_connection()
    if any(function is _enqueue for _ids, function, *_rest in connection.run_on_commit):
        return
    transaction.on_commit(_enqueue, robust=True)


def _enqueue() -> None:
    waiting = DBTaskResult.objects.filter(
        task_path=relink.module_path, status=TaskResultStatus.READY
    )
    if not waiting.exists():
        relink.enqueue()
