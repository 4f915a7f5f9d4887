"""How many visits the payer allowed, and how many are left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clients.authorizations import Place, Visit, fill
from scheduling.models import Attendance
from scheduling.readiness.check import ClaimCheck
from scheduling.readiness.facts import AuthorizationFacts, Facts
from scheduling.readiness.findings import Finding, Severity
from scheduling.readiness.pages import COVERAGE, bill_the_client, to_client
from scheduling.readiness.words import listed, short_day

Places = Mapping[int, Place[AuthorizationFacts]]


def authorization_of(facts: Facts) -> AuthorizationFacts | None:
    """The first authorization that covers the session's day and code."""
    plan = facts.coverage
    if plan is None or not facts.code:
        return None
    return next((row for row in plan.authorizations if row.covers(facts.date, facts.code)), None)


class AuthorizationUsed(ClaimCheck):
    """Units confirmed, which are the billed ones, and those earlier in the same list leave room for this session."""

    code = "authorization_used"
    of_bookings = True

    def load(self, facts: Sequence[Facts]) -> Places:
        """By attendance, the authorization it is put on with the units before it; one query."""
        asked = [one for one in facts if authorization_of(one)]
        plans = {one.coverage.id: one.coverage for one in asked if one.coverage}
        visits = _confirmed(asked) if asked else {}
        for one in sorted(asked, key=lambda row: (row.scheduled_start, row.key)):
            if one.coverage and not one.is_confirmed:
                visits.setdefault(one.coverage.id, []).append(Visit(one.key, one.date, one.code, one.units))
        found: dict[int, Place[AuthorizationFacts]] = {}
        for number, plan in plans.items():
            found |= fill(plan.authorizations, visits.get(number, []))[0]
        return found

    def judge(self, facts: Facts, extra: Places) -> list[Finding]:
        place, plan = extra.get(facts.key), facts.coverage
        if place is None or plan is None or place.before + facts.units <= place.authorization.units:
            return []
        units = place.authorization.units
        many = "The one authorized visit is" if units == 1 else f"All {units} authorized visits are"
        why = f"{plan.payer.name} will deny visit {place.before + facts.units}."
        actions = [to_client("Request more visits", facts.client, COVERAGE), bill_the_client()]
        return [self.finding(f"{many} used.", why, actions=actions)]


class AuthorizationNeeded(ClaimCheck):
    """The payer's rules name codes that it pays only with an authorization."""

    code = "authorization_needed"
    of_bookings = True

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        plan = facts.coverage
        if plan is None:
            return []
        codes = [facts.code, *(one.service.code for one in facts.add_ons)]
        missing = [code for code in codes if code in facts.rules.authorized_codes and not _is_authorized(facts, code)]
        if not missing:
            return []
        title = f"{plan.payer.name} pays {listed(missing)} only with an authorization."
        why = f"The coverage has none for {short_day(facts.date, facts.today)}."
        return [
            self.finding(
                title, why, actions=[to_client("Add an authorization", facts.client, COVERAGE), bill_the_client()]
            )
        ]


class AuthorizationLapsed(ClaimCheck):
    """The payer once authorized this code, and no authorization covers the day."""

    code = "authorization_lapsed"
    severity = Severity.WARN
    of_bookings = True

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        plan = facts.coverage
        if plan is None or not facts.code or authorization_of(facts) is not None:
            return []
        if facts.code in facts.rules.authorized_codes:
            return []
        past = [row.ends_on for row in plan.authorizations if row.is_for(facts.code) and row.ends_on < facts.date]
        if not past:
            return []
        title = f"The last authorization for {facts.code} ended on {short_day(max(past), facts.today)}."
        why = f"{plan.payer.name} may want a new one."
        return [self.finding(title, why, actions=[to_client("Add an authorization", facts.client, COVERAGE)])]


def _is_authorized(facts: Facts, code: str) -> bool:
    return facts.coverage is not None and any(row.covers(facts.date, code) for row in facts.coverage.authorizations)


def _confirmed(asked: Sequence[Facts]) -> dict[int, list[Visit]]:
    """Confirmed sessions by plan, in the order of time; those that are asked about keep their key."""
    zone, keys = asked[0].now.tzinfo, {one.key for one in asked if one.is_confirmed}
    rows = Attendance.objects.filter(
        coverage__in={one.coverage.id for one in asked if one.coverage},
        status=Attendance.Status.CONFIRMED,
        outcome=Attendance.Status.HELD,
        self_pay=False,
    ).order_by("session__starts_at", "pk")
    found: dict[int, list[Visit]] = {}
    for pk, plan, at, units, code in rows.values_list(
        "pk", "coverage_id", "session__starts_at", "units", "service__code"
    ):
        visit = Visit(pk if pk in keys else None, at.astimezone(zone).date(), code or "", units)
        found.setdefault(plan, []).append(visit)
    return found
