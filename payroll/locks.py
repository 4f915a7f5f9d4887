"""The one order in which payroll locks: the practice's schedules, then the run. Two runs never read at once."""

from __future__ import annotations

from django.http import Http404

from payroll.models import PayRun, PaySchedule


def hold_payroll() -> list[PaySchedule]:
    """All schedules, locked by key: whoever reads unpaid events waits for whoever claims them."""
    return list(PaySchedule.objects.select_for_update().order_by("pk"))


def hold_run(run_id: int) -> PayRun:
    """The run, locked after the schedules; Http404 when there is none."""
    hold_payroll()
    run = PayRun.objects.select_for_update().filter(pk=run_id).first()
    if run is None:
        raise Http404
    return run
