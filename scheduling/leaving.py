"""What a clinician who leaves still has on the calendar."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from django.db.models import Count, Max, Min

from clinicians.leaving import Leaver, StaysOpen
from practice import clock
from scheduling.models import SessionClinician
from scheduling.words import date_words


def sessions_to_come(leaver: Leaver) -> list[StaysOpen]:
    """How many sessions are booked after the last day; nothing for who may not see the calendar."""
    if not leaver.actor.may("calendar:view"):
        return []
    practice, today = leaver.practice, clock.today(leaver.practice)
    after = clock.instant(practice, leaver.last_day + dt.timedelta(days=1), dt.time.min)
    rows = SessionClinician.objects.filter(clinician=leaver.clinician_id, occupies=True, starts_at__gte=after)
    found = rows.aggregate(count=Count("pk"), first=Min("starts_at"), last=Max("starts_at"))
    if not found["count"]:
        return []
    first, last = (clock.local(practice, found[name]).date() for name in ("first", "last"))
    span = f"the last on {date_words(last, today)}" if found["count"] > 1 else f"on {date_words(first, today)}"
    what = f"{found['count']} sessions are" if found["count"] > 1 else "One session is"
    query = urlencode({"view": "month", "date": first, "clinician": leaver.clinician_id, "as": "list"})
    sentence = f"{what} booked after {date_words(leaver.last_day, today)}, {span}."
    return [StaysOpen(sentence, "Open the calendar", f"{leaver.url('calendar')}?{query}")]
