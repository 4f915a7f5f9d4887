"""The Celery tasks of billing."""

from __future__ import annotations

from celery import shared_task
from django.db import transaction

from billing.eligibility.sweeping import SWEEP as ELIGIBILITY
from billing.statuses.sweeping import SWEEP as STATUSES
from practice import clock, due
from practice.models import Practice


@shared_task(name="billing.tasks.keep_sweeping")
def keep_sweeping() -> None:
    """Sees to it that every practice is looked through for what payers are to be asked; who is keeps its time."""
    with transaction.atomic():
        for practice_id in Practice.objects.filter(kind=Practice.Kind.PRACTICE).values_list("pk", flat=True):
            for kind in (ELIGIBILITY, STATUSES):
                due.plan_many(kind, practice_id=practice_id, object_ids=[str(practice_id)], due_at=clock.now())
