"""Whom a clinician who leaves still sees."""

from __future__ import annotations

from django.db.models import Q

from clients.models import Caseload
from clinicians.leaving import Leaver, StaysOpen
from clinicians.words import short
from practice import clock


def clients_kept(leaver: Leaver) -> list[StaysOpen]:
    """How many clients stay on the caseload after the last day; nothing for who may not see every client."""
    if not leaver.actor.may("clients:view"):
        return []
    running = Q(ends_on=None) | Q(ends_on__gt=leaver.last_day)
    rows = Caseload.objects.filter(running, clinician=leaver.clinician_id)
    count = rows.values("client").distinct().count()
    if not count:
        return []
    what = f"{count} clients stay" if count > 1 else "One client stays"
    sentence = f"{what} on their caseload after {short(leaver.last_day, clock.today(leaver.practice))}."
    url = f"{leaver.url('clients')}?clinician={leaver.clinician_id}&status=all"
    return [StaysOpen(sentence, "See who" if count > 1 else "Open the list", url)]
