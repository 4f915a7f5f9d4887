"""The day has come: what was held until then goes on by itself."""

from __future__ import annotations

from django.db import transaction

from billing.holds.services import RELEASE, let_go
from billing.models import Hold
from practice import clock, due
from practice.actors import Actor
from practice.models import Practice
from practice.tenancy.context import practice_context


@due.handles(RELEASE)
def perform(practice_id: int, object_id: str) -> None:
    """Releases a hold whose day has come; doing it twice releases it once."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        row = Hold.objects.select_for_update(no_key=True, of=("self",)).filter(pk=int(object_id)).first()
        practice = Practice.objects.get(pk=practice_id)
        if row is None or row.released_at is not None or row.until is None or row.until > clock.today(practice):
            due.done(RELEASE, practice_id=practice_id, object_id=object_id)
        else:
            let_go(row, Actor.system(practice_id), "Its day has come.")
