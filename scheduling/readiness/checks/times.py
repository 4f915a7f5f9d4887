"""Whether the length of the session fits its code (AMA time rule; `domain.md` D4)."""

from __future__ import annotations

from typing import Any

from scheduling.readiness.check import Check
from scheduling.readiness.facts import Facts, ServiceFacts
from scheduling.readiness.findings import Action, Finding, Severity
from scheduling.readiness.words import money

_CRISIS = "90839"


def needs(service: ServiceFacts) -> str:
    """`53 or more`, `38 to 52`, `52 or less`."""
    if service.time_max is None:
        return f"{service.time_min} or more"
    return f"{service.time_min} to {service.time_max}" if service.time_min else f"{service.time_max} or less"


def fitting(facts: Facts, minutes: int) -> list[ServiceFacts]:
    """What the practice offers of the same kind that covers this length, the closest first."""
    chosen = facts.service
    offered = [
        service
        for service in facts.practice.services
        if chosen
        and service.kind == chosen.kind
        and service.is_active
        and not service.is_add_on
        and service.code != chosen.code
        and service.time_min is not None
        and service.fits(minutes)
    ]
    return sorted(offered, key=lambda service: (-(service.time_min or 0), service.code))


def use(facts: Facts, service: ServiceFacts) -> Action:
    """Changes the code: `Use 90834 · $142.00`."""
    fee = service.fee_on(facts.date)
    label = f"Use {service.code} · {money(fee)}" if fee is not None else f"Use {service.code}"
    return Action(label, field="service", value=str(service.id))


class _Fit(Check):
    """Where the client pays, the time only warns: no payer counts minutes."""

    of_bookings = True

    def _said(self, facts: Facts, title: str, why: str = "") -> Finding:
        others = [use(facts, service) for service in fitting(facts, facts.minutes or 0)[:1]]
        correct = Action("Correct the times", field="actual_times")
        severity = Severity.BLOCK if facts.is_claim else Severity.WARN
        return self.finding(title, why, field="times", actions=[*others, correct], severity=severity)


class TooShort(_Fit):
    """Shorter than the code allows."""

    code = "times_too_short"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        service, minutes = facts.service, facts.minutes
        if service is None or minutes is None or minutes >= (service.time_min or 0):
            return []
        nothing = not fitting(facts, minutes)
        why = f"Nothing the practice offers bills {minutes} minutes." if nothing else ""
        return [
            self._said(facts, f"{minutes} minutes is too short for {service.code}, which needs {needs(service)}.", why)
        ]


class TooLong(_Fit):
    """Longer than the code covers. Further half hours and hours have codes of their own, which are added."""

    code = "times_too_long"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        service, minutes = facts.service, facts.minutes
        if service is None or minutes is None or service.time_max is None or minutes <= service.time_max:
            return []
        if service.code == _CRISIS or _extends(facts, service):
            return []
        return [self._said(facts, f"{minutes} minutes is too long for {service.code}, which is for {needs(service)}.")]


def _extends(facts: Facts, service: ServiceFacts) -> bool:
    """Whether the practice or the attendance has a code for the time beyond."""
    beside = [add_on.service for add_on in facts.add_ons]
    return any(
        "midpoint" in one.units_rule or "further" in one.units_rule for one in beside if service.code in one.add_on_to
    )
