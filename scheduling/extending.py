"""The nightly work on open-ended series; registered with due work when the app is ready."""

from __future__ import annotations

from django.db import transaction

from practice import due
from practice.actors import Actor
from practice.models import Practice
from practice.tenancy.context import practice_context
from scheduling import series
from scheduling.models import Series


@due.handles(series.KIND)
def extend_series(practice_id: int, series_id: str) -> None:
    """Makes the sessions of one series that came within 26 weeks, once however often it runs."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        row = Series.objects.select_for_update(no_key=True).filter(pk=int(series_id)).first()
        if row is None:
            due.done(series.KIND, practice_id=practice_id, object_id=series_id)
            return
        practice = Practice.objects.get(pk=practice_id)
        series.extend(actor=Actor.system(practice_id), practice=practice, series=row)
