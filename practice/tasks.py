"""The Celery tasks of the kernel."""

from __future__ import annotations

from celery import shared_task
from django.db import connection

from practice import due


@shared_task(name="practice.tasks.sweep")
def sweep() -> None:
    """Hands out everything that is due; each piece is a task of its own."""
    for piece in due.lease():
        perform.delay(piece.kind, piece.practice_id, piece.object_id)


@shared_task(name="practice.tasks.perform", max_retries=2, default_retry_delay=5)
def perform(kind: str, practice_id: int, object_id: str) -> None:
    """Does one piece of due work. Arguments are ids only.

    A process that was killed meanwhile is followed by two more tries, five seconds apart; then the lease must run out.
    """
    due.perform(due.Due(kind, practice_id, object_id))


@shared_task(name="practice.tasks.make_audit_months")
def make_audit_months() -> None:
    """Makes the audit table's partitions of the coming months."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT make_audit_months(4)")
