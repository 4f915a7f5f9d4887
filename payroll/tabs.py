"""The tabs of payroll's pages, as far as somebody may open them."""

from __future__ import annotations

from typing import Any, Final

from django.urls import reverse

from practice.http import PracticeRequest

_TABS: Final = (
    ("payroll", "Runs", ("payroll:view", "payroll:totals")),
    ("pay_rules", "Pay rules", ("payroll:view",)),
    ("pay_hours", "Hours", ("payroll:view",)),
    ("pay_schedules", "Schedules", ("payroll:view",)),
    ("payroll_providers", "Providers", ("payroll:view", "payroll:totals")),
)


def tabs(request: PracticeRequest, current: str) -> list[dict[str, Any]]:
    """Label, address and whether it is the open one."""
    return [
        {"label": label, "url": reverse(name, args=[request.practice.slug]), "current": name == current}
        for name, label, needed in _TABS
        if request.actor.may(*needed)
    ]
