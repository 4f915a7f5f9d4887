"""How many visits the payer allowed, and how many are left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scheduling.models import Attendance
from scheduling.readiness.check import ClaimCheck
from scheduling.readiness.facts import AuthorizationFacts, Facts
from scheduling.readiness.findings import Finding, Severity
from scheduling.readiness.pages import COVERAGE, bill_the_client, to_client
from scheduling.readiness.words import short_day

Used = Mapping[int, int]


def authorization_of(facts: Facts) -> AuthorizationFacts | None:
    """The authorization that the session counts against: the first that covers its day and code."""
    plan = facts.coverage
    if plan is None or not facts.code:
        return None
    return next((row for row in plan.authorizations if row.covers(facts.date, facts.code)), None)


class AuthorizationUsed(ClaimCheck):
    """Units confirmed on it, and those earlier in the same list, leave room for this session."""

    code = "authorization_used"
    of_bookings = True

    def load(self, facts: Sequence[Facts]) -> Used:
        """By attendance, the units that come before it on its authorization; one query."""
        asked = {one.key: found for one in facts if (found := authorization_of(one))}
        confirmed = _confirmed(facts) if asked else []
        used: dict[int, int] = {}
        waiting: dict[int, int] = {}
        for one in sorted(facts, key=lambda row: (row.scheduled_start, row.key)):
            if (found := asked.get(one.key)) is None:
                continue
            before = _units(found, one, confirmed) + (0 if one.is_confirmed else waiting.get(found.id, 0))
            used[one.key] = before
            if not one.is_confirmed:
                waiting[found.id] = waiting.get(found.id, 0) + one.units
        return used

    def judge(self, facts: Facts, extra: Used) -> list[Finding]:
        found, plan = authorization_of(facts), facts.coverage
        if found is None or plan is None or extra.get(facts.key, 0) + facts.units <= found.units:
            return []
        many = "The one authorized visit is" if found.units == 1 else f"All {found.units} authorized visits are"
        why = f"{plan.payer.name} will deny visit {extra.get(facts.key, 0) + facts.units}."
        actions = [to_client("Request more visits", facts.client, COVERAGE), bill_the_client()]
        return [self.finding(f"{many} used.", why, actions=actions)]


class AuthorizationLapsed(ClaimCheck):
    """The payer once authorized this code, and no authorization covers the day."""

    code = "authorization_lapsed"
    severity = Severity.WARN
    of_bookings = True

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        plan = facts.coverage
        if plan is None or not facts.code or authorization_of(facts) is not None:
            return []
        past = [row.ends_on for row in plan.authorizations if row.is_for(facts.code) and row.ends_on < facts.date]
        if not past:
            return []
        title = f"The last authorization for {facts.code} ended on {short_day(max(past), facts.today)}."
        why = f"{plan.payer.name} may want a new one."
        return [self.finding(title, why, actions=[to_client("Add an authorization", facts.client, COVERAGE)])]


_Row = tuple[int, int, Any, int, str, int]


def _confirmed(facts: Iterable[Facts]) -> list[_Row]:
    """Confirmed sessions on the plans that have authorizations: id, plan, start, units, code, service."""
    plans = {one.coverage.id for one in facts if one.coverage and one.coverage.authorizations}
    rows = Attendance.objects.filter(
        coverage__in=plans, status=Attendance.Status.CONFIRMED, outcome=Attendance.Status.HELD, self_pay=False
    )
    return list(rows.values_list("pk", "coverage_id", "session__starts_at", "units", "service__code", "service_id"))


def _units(found: AuthorizationFacts, one: Facts, confirmed: Iterable[_Row]) -> int:
    """Units confirmed on the authorization beside this session; of later ones only when this one is open."""
    plan = one.coverage.id if one.coverage else 0
    zone = one.now.tzinfo
    return sum(
        units
        for number, coverage, starts_at, units, code, _ in confirmed
        if coverage == plan
        and number != one.key
        and found.covers(starts_at.astimezone(zone).date(), code)
        and not (one.is_confirmed and (starts_at, number) > (one.scheduled_start, one.key))
    )
