"""What was computed before something changed is computed again before anybody approves it."""

from __future__ import annotations

import datetime as dt

from payroll.locks import hold_payroll
from payroll.models import PayRun
from practice import states
from practice.actors import Actor


def reopen(run: PayRun, actor: Actor, reason: str) -> None:
    """A computed run is open again; the caller holds it."""
    if run.status == PayRun.Status.COMPUTED:
        states.transition(run, PayRun.Status.DRAFT, actor=actor, reason=reason)


def reopen_computed(actor: Actor, reason: str, *, clinician_id: int, since: dt.date | None = None) -> None:
    """Opens the computed runs that may pay this person, those that end on or after the day."""
    hold_payroll()
    runs = PayRun.objects.select_for_update().filter(status=PayRun.Status.COMPUTED).order_by("pk")
    if since is not None:
        runs = runs.filter(ends_on__gte=since)
    for run in runs:
        if not run.clinician_ids or clinician_id in run.clinician_ids:
            reopen(run, actor, reason)
