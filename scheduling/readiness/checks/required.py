"""What has to be known before a session can be confirmed."""

from __future__ import annotations

from typing import Any, Final

from scheduling.readiness.check import Check
from scheduling.readiness.facts import Facts
from scheduling.readiness.findings import Action, Finding, Severity
from scheduling.readiness.pages import SERVICES, to_setup
from scheduling.readiness.words import clock_time, short_day, span, state_name

TELEHEALTH_PLACES: Final = {"02": "elsewhere", "10": "at home"}


class NotHappened(Check):
    """Nobody can vouch for what has not taken place."""

    code = "not_happened"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        stop = facts.actual_stop or facts.scheduled_stop
        if facts.is_confirmed or stop <= facts.now:
            return []
        on = "" if facts.date == facts.today else f" on {short_day(facts.date, facts.today)}"
        correct = Action("Correct the times", field="actual_times")
        return [
            self.finding(
                "The session is not over yet.", f"It ends at {clock_time(stop)}{on}.", field="times", actions=[correct]
            )
        ]


class ServiceMissing(Check):
    """The code decides everything else."""

    code = "service_missing"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        if facts.service is not None:
            return []
        choose = Action("Choose a service", field="service")
        return [self.finding("Choose a service.", "The session has none.", field="service", actions=[choose])]


class ServiceRetired(Check):
    """A service that the practice no longer offers is billed by mistake, unless somebody says otherwise."""

    code = "service_retired"
    severity = Severity.WARN

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        service = facts.service
        if service is None or service.is_active or facts.is_confirmed:
            return []
        actions = [Action("Choose a service", field="service"), to_setup("Offer it again", SERVICES)]
        title = f"{service.code} is no longer among your services."
        return [self.finding(title, "It was switched off in Settings.", field="service", actions=actions)]


class TimesMissing(Check):
    """Payers ask for the actual start and stop (Novitas, psychotherapy time guidance)."""

    code = "times_missing"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        start, stop = facts.actual_start, facts.actual_stop
        if start and stop:
            return []
        if start:
            return [self._ended(facts)]
        return [self._started(facts)] if stop else [self._both(facts)]

    def _ended(self, facts: Facts) -> Finding:
        planned = facts.scheduled_stop
        use = Action(f"Use {clock_time(planned)}", field="actual_stop", value=planned.isoformat())
        why = f"Scheduled to end at {clock_time(planned)}."
        return self.finding("Enter when the session ended.", why, field="actual_stop", actions=[use])

    def _started(self, facts: Facts) -> Finding:
        planned = facts.scheduled_start
        use = Action(f"Use {clock_time(planned)}", field="actual_start", value=planned.isoformat())
        why = f"Scheduled to start at {clock_time(planned)}."
        return self.finding("Enter when the session started.", why, field="actual_start", actions=[use])

    def _both(self, facts: Facts) -> Finding:
        start, stop = facts.scheduled_start, facts.scheduled_stop
        use = Action(f"Use {span(start, stop)}", field="actual_times", value=f"{start.isoformat()}/{stop.isoformat()}")
        why = f"Scheduled for {span(start, stop)}."
        return self.finding("Enter when the session started and ended.", why, field="actual_times", actions=[use])


class ClinicianMissing(Check):
    """Somebody gave the session, and the claim says who."""

    code = "clinician_missing"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        if facts.rendering is not None:
            return []
        choose = Action("Choose the clinician", field="rendering")
        return [
            self.finding("Say who gave the session.", "No clinician is on it.", field="rendering", actions=[choose])
        ]


class PlaceMissing(Check):
    """Every claim line names the place of service (CLM05-1)."""

    code = "place_missing"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        if facts.place:
            return []
        choose = Action("Choose the place", field="place_of_service")
        why = "The session has no location."
        return [self.finding("Say where the session took place.", why, field="place_of_service", actions=[choose])]


class PlaceMismatch(Check):
    """Telehealth is billed with place 02 or 10, everything else with neither; payers deny a mix."""

    code = "place_mismatch"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        if not facts.place or (facts.place in TELEHEALTH_PLACES) == facts.telehealth:
            return []
        return [self._office_code(facts) if facts.telehealth else self._telehealth_code(facts)]

    def _office_code(self, facts: Facts) -> Finding:
        why = f"It is billed as {facts.place}; payers want 10 when the client was at home, 02 when elsewhere."
        actions = [
            Action(f"Client was {where}", field="place_of_service", value=code)
            for code, where in sorted(TELEHEALTH_PLACES.items(), reverse=True)
        ]
        title = "The session was by telehealth, but the place is not."
        return self.finding(title, why, field="place_of_service", actions=actions)

    def _telehealth_code(self, facts: Facts) -> Finding:
        own = facts.location.place_of_service if facts.location else ""
        office = own if own and own not in TELEHEALTH_PLACES else "11"
        name = facts.location.name if facts.location and office == own else "an office"
        use = Action(f"Use {office}, {name}", field="place_of_service", value=office)
        title = "The place is telehealth, but the session was not."
        why = f"It is billed as {facts.place}, which payers deny for a session in person."
        return self.finding(title, why, field="place_of_service", actions=[use])


class StateMissing(Check):
    """By telehealth the license of the state counts in which the client was."""

    code = "client_state_missing"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        if not facts.telehealth or facts.client_state:
            return []
        elsewhere = Action("Elsewhere" if facts.client.state else "Choose the state", field="client_state")
        home = facts.client.state
        at_home = [Action(state_name(home), field="client_state", value=home)] if home else []
        why = "For telehealth, the state decides whose license counts."
        return [self.finding("Say where the client was.", why, field="client_state", actions=[*at_home, elsewhere])]
