"""Add-on codes and units (`edi.md` 3.3: same claim, same day, same clinician as the primary; never alone)."""

from __future__ import annotations

from typing import Any, Final

from scheduling import units
from scheduling.readiness.check import Check
from scheduling.readiness.facts import AddOnFacts, Facts, ServiceFacts
from scheduling.readiness.findings import Action, Finding, Severity
from scheduling.readiness.pages import SERVICES, to_setup
from scheduling.readiness.words import listed

CRISIS: Final = "90839"
FURTHER: Final = "90840"
FURTHER_FROM: Final = 75
FURTHER_EACH: Final = 30
NEVER: Final = frozenset({("90785", CRISIS), ("90785", FURTHER)})
"""Add-ons that payers refuse beside a code, whatever a practice's own list says."""


class AddOnFits(Check):
    """An add-on goes with certain codes, and with nothing alone."""

    code = "add_on"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        if facts.service is None:
            return []
        if facts.service.is_add_on:
            return [self._alone(facts.service)]
        found = (self._beside(facts, facts.service, add_on.service) for add_on in facts.add_ons)
        return [finding for finding in found if finding]

    def _alone(self, service: ServiceFacts) -> Finding:
        choose = Action("Choose the main service", field="service")
        why = (
            f"It is added to {listed(service.add_on_to, 'or')}." if service.add_on_to else "It is only added to others."
        )
        return self.finding(f"{service.code} cannot be billed alone.", why, field="service", actions=[choose])

    def _beside(self, facts: Facts, primary: ServiceFacts, added: ServiceFacts) -> Finding | None:
        remove = [Action(f"Remove {added.code}", field="remove_add_on", value=str(added.id))]
        if not added.is_add_on:
            why = "It is a service of its own and belongs in a session of its own."
            return self.finding(
                f"{added.code} cannot be added to {primary.code}.", why, field="add_ons", actions=remove
            )
        if (added.code, primary.code) in NEVER:
            why = "Nobody pays for both."
            return self.finding(f"{added.code} does not go with crisis therapy.", why, field="add_ons", actions=remove)
        if primary.code not in added.add_on_to:
            why = f"It goes with {listed(added.add_on_to, 'or')}."
            return self.finding(f"{added.code} does not go with {primary.code}.", why, field="add_ons", actions=remove)
        return self._too_short(facts, added, remove)

    def _too_short(self, facts: Facts, added: ServiceFacts, remove: list[Action]) -> Finding | None:
        """Therapy added to a medical visit needs its own minutes, which the visit’s do not count towards."""
        minutes, least = facts.minutes, added.time_min
        if minutes is None or least is None or minutes >= least or "E/M" not in added.units_rule:
            return None
        title = f"{minutes} minutes is too short for {added.code}, which needs {least} of therapy alone."
        return self.finding(title, "Minutes of the medical visit do not count.", field="add_ons", actions=remove)


class CrisisTime(Check):
    """90839 covers up to 74 minutes; from 75 on each further half hour is one 90840."""

    code = "crisis_time"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        if facts.code != CRISIS or facts.minutes is None:
            return []
        beside = next((one for one in facts.add_ons if one.service.code == FURTHER), None)
        wanted, billed = further_units(facts.minutes), beside.units if beside else 0
        if wanted == billed:
            return []
        return [self._said(facts, facts.minutes, wanted, beside)]

    def _said(self, facts: Facts, minutes: int, wanted: int, beside: AddOnFacts | None) -> Finding:
        severity = Severity.BLOCK if facts.is_claim else Severity.WARN
        actions = [_settle(facts, wanted, beside), Action("Correct the times", field="actual_times")]
        if wanted == 0:
            title = f"{minutes} minutes is too short for {FURTHER}, which begins at {FURTHER_FROM}."
        else:
            title = f"{minutes} minutes of crisis therapy is {CRISIS} with {FURTHER} {_times(wanted)}."
        why = f"{CRISIS} covers the first {FURTHER_FROM - 1} minutes, {FURTHER} each further {FURTHER_EACH}."
        return self.finding(title, why, field="add_ons", actions=actions, severity=severity)


class OncePerDay(Check):
    """Psychotherapy codes are one unit a day."""

    code = "units_too_many"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        service = facts.service
        if service is None or facts.units <= 1 or not units.is_once(service.units_rule):
            return []
        once = Action("Use 1 unit", field="units", value="1")
        why = f"It is billed {units.once_in_words(service.units_rule)}."
        return [
            self.finding(f"{facts.units} units is too many for {service.code}.", why, field="units", actions=[once])
        ]


def further_units(minutes: int) -> int:
    """How often 90840 is billed for a crisis session of this length."""
    return 0 if minutes < FURTHER_FROM else (minutes - FURTHER_FROM) // FURTHER_EACH + 1


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _settle(facts: Facts, wanted: int, beside: AddOnFacts | None) -> Action:
    """Takes the add-on away, or sets its units; value is the service’s id and the units."""
    if beside and wanted == 0:
        return Action(f"Remove {FURTHER}", field="remove_add_on", value=str(beside.service.id))
    offered = next((one for one in facts.practice.services if one.code == FURTHER), None)
    if offered is None:
        return to_setup(f"Add {FURTHER} to your services", SERVICES)
    return Action(f"Bill {FURTHER} {_times(wanted)}", field="add_on", value=f"{offered.id}:{wanted}")
