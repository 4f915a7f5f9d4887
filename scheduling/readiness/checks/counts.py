"""Whether the units billed are those of the minutes, for codes that are counted by time."""

from __future__ import annotations

from typing import Any, Final

from scheduling import units
from scheduling.readiness.check import Check
from scheduling.readiness.checks.add_ons import CRISIS
from scheduling.readiness.facts import AddOnFacts, Facts, ServiceFacts
from scheduling.readiness.findings import Action, Finding, Severity

_CORRECT: Final = Action("Correct the times", field="actual_times")


class UnitsOfTime(Check):
    """More units than the minutes give stop a claim; fewer, or where a client pays, only warn."""

    code = "units_time"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        service, minutes = facts.service, facts.minutes
        if service is None or minutes is None or service.is_add_on:
            return []
        found = [self._main(facts, service, minutes)]
        if service.code != CRISIS:
            found += [self._beside(facts, service, one, minutes) for one in facts.add_ons]
        return [finding for finding in found if finding]

    def _main(self, facts: Facts, service: ServiceFacts, minutes: int) -> Finding | None:
        wanted = units.for_minutes(service.units_rule, minutes, service.time_min)
        if not wanted or wanted == facts.units:
            return None
        use = Action(f"Use {units.in_words(wanted)}", field="units", value=str(wanted))
        title = f"{minutes} minutes of {service.code} is {units.in_words(wanted)}, not {facts.units}."
        return self._said(facts, title, use, over=facts.units > wanted)

    def _beside(self, facts: Facts, primary: ServiceFacts, one: AddOnFacts, minutes: int) -> Finding | None:
        added = one.service
        wanted = units.beyond(added.units_rule, minutes, primary.time_max)
        if wanted is None or wanted == one.units or primary.code not in added.add_on_to:
            return None
        if wanted == 0:
            remove = Action(f"Remove {added.code}", field="remove_add_on", value=str(added.id))
            title = f"{minutes} minutes is too short for {added.code}, which begins at {(primary.time_max or 0) + 1}."
            return self._said(facts, title, remove, over=True)
        use = Action(f"Use {units.in_words(wanted)}", field="add_on", value=f"{added.id}:{wanted}")
        title = f"{minutes} minutes is {units.in_words(wanted)} of {added.code}, not {one.units}."
        return self._said(facts, title, use, over=one.units > wanted)

    def _said(self, facts: Facts, title: str, first: Action, *, over: bool) -> Finding:
        severity = Severity.BLOCK if over and facts.is_claim else Severity.WARN
        return self.finding(title, field="units", actions=[first, _CORRECT], severity=severity)
