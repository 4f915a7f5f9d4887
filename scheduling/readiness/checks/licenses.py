"""A license of the state that counts, on the date."""

from __future__ import annotations

from typing import Any

from practice.models import CredentialLevel
from scheduling.readiness.check import Check
from scheduling.readiness.facts import ClinicianFacts, Facts
from scheduling.readiness.findings import Finding, Severity, Stage
from scheduling.readiness.pages import PAPERS, to_clinician
from scheduling.readiness.words import short_day, state_name


class LicenseMissing(Check):
    """Who gave the session was licensed where the client was; for a trainee the supervisor’s license counts."""

    code = "license"
    stages = (Stage.BILL,)
    of_bookings = True

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        who = _licensed(facts)
        if who is None or not facts.state:
            return []
        held = [row for row in who.licenses if row.state == facts.state]
        if any(row.covers(facts.date) for row in held):
            return []
        ended = [row.expires_on for row in held if row.expires_on < facts.date]
        severity = Severity.BLOCK if facts.is_claim else Severity.WARN
        title = f"{who.first_name} has no {state_name(facts.state)} license."
        if ended:
            last = short_day(max(ended), facts.today)
            title = f"{who.first_name}’s {state_name(facts.state)} license ended on {last}."
        return [
            self.finding(title, _why(facts), actions=[to_clinician("See licenses", who, PAPERS)], severity=severity)
        ]


def _licensed(facts: Facts) -> ClinicianFacts | None:
    if facts.rendering is not None and facts.rendering.level == CredentialLevel.TRAINEE:
        return facts.supervisor
    return facts.rendering


def _why(facts: Facts) -> str:
    on = short_day(facts.date, facts.today)
    verb = "is" if facts.is_proposed else "was"
    return f"The client {verb} there on {on}." if facts.telehealth else f"The session {verb} there on {on}."
