"""Whether the payer has loaded the clinician, and takes claims electronically."""

from __future__ import annotations

from typing import Any, Final

from clinicians.models import Enrollment
from practice.models import PayerEnrollment
from scheduling.readiness.check import ClaimCheck
from scheduling.readiness.facts import ClinicianFacts, EnrollmentFacts, Facts, PayerFacts
from scheduling.readiness.findings import Action, Finding, Severity
from scheduling.readiness.pages import ENROLLMENT, bill_the_client, to_clinician, to_payer
from scheduling.readiness.words import short_day

_STATE: Final = Enrollment.Status
_UNDER_WAY: Final = {
    _STATE.GATHERING.value: "has not applied to",
    _STATE.SENT.value: "has applied to",
    _STATE.REVIEW.value: "is in review with",
}


class NotEnrolled(ClaimCheck):
    """The claim’s clinician is in network with the payer, loaded by today.

    A session held while the payer still loads the clinician waits and is billed from the effective date on.
    """

    code = "not_enrolled"
    of_bookings = True

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        who, plan = facts.claim_rendering, facts.coverage
        if who is None or plan is None:
            return []
        row = who.enrollment_with(plan.payer.id)
        if row is None:
            return [self._nothing(facts, who, plan.payer)]
        if row.status in _UNDER_WAY:
            return [self._under_way(facts, who, plan.payer, row)]
        if row.status == _STATE.EFFECTIVE:
            return self._effective(facts, who, plan.payer, row)
        return [self._over(facts, who, plan.payer, row)]

    def _nothing(self, facts: Facts, who: ClinicianFacts, payer: PayerFacts) -> Finding:
        actions = [to_clinician("Start the enrollment", who, ENROLLMENT), bill_the_client()]
        return self.finding(f"{who.first_name} is not enrolled with {payer.name}.", _deadline(facts), actions=actions)

    def _under_way(self, facts: Facts, who: ClinicianFacts, payer: PayerFacts, row: EnrollmentFacts) -> Finding:
        title = f"{who.first_name} {_UNDER_WAY[row.status]} {payer.name}."
        see = to_clinician("See enrollment", who, ENROLLMENT)
        waits = who.name if row.status == _STATE.GATHERING else payer.name
        return self.finding(title, f"Billed once in network. {_deadline(facts)}", waits_on=waits, actions=[see])

    def _effective(self, facts: Facts, who: ClinicianFacts, payer: PayerFacts, row: EnrollmentFacts) -> list[Finding]:
        if row.ends_on is not None and row.ends_on < facts.date:
            return [self._over(facts, who, payer, row)]
        if row.effective_on is None or row.effective_on <= facts.today:
            return []
        title = f"{who.first_name} is in network with {payer.name} from {short_day(row.effective_on, facts.today)}."
        why = f"Nothing to do: it is billed that day. {_deadline(facts)}"
        see = to_clinician("See enrollment", who, ENROLLMENT)
        return [self.finding(title, why, waits_on=payer.name, actions=[see])]

    def _over(self, facts: Facts, who: ClinicianFacts, payer: PayerFacts, row: EnrollmentFacts) -> Finding:
        if row.status == _STATE.DENIED:
            title, why = f"{payer.name} denied {who.first_name}’s enrollment.", "It pays for no session."
        else:
            left = f" on {short_day(row.ends_on, facts.today)}" if row.ends_on else ""
            title, why = f"{who.first_name} left the network of {payer.name}{left}.", "It pays for no later session."
        return self.finding(title, why, actions=[to_clinician("See enrollment", who, ENROLLMENT), bill_the_client()])


class SessionBeforeNetwork(ClaimCheck):
    """A session from before the effective date is paid only where the payer agreed to it."""

    code = "before_network"
    severity = Severity.WARN

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        who, plan = facts.claim_rendering, facts.coverage
        row = who.enrollment_with(plan.payer.id) if who and plan else None
        if who is None or plan is None or row is None or row.status != _STATE.EFFECTIVE or row.effective_on is None:
            return []
        if not facts.date < row.effective_on <= facts.today:
            return []
        since = short_day(row.effective_on, facts.today)
        title = f"{who.first_name} was not in network with {plan.payer.name} before {since}."
        why = f"The session was on {short_day(facts.date, facts.today)}."
        return [self.finding(title, why, actions=[to_clinician("See enrollment", who, ENROLLMENT), bill_the_client()])]


class PayerNotElectronic(ClaimCheck):
    """The payer has an ID and takes our claims (837 enrollment is a track of its own)."""

    code = "payer_not_electronic"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        payer = facts.coverage.payer if facts.coverage else None
        if payer is None:
            return []
        set_up = [to_payer("Set up the payer", payer)]
        if not payer.payer_id:
            return [self.finding(f"{payer.name} has no payer ID.", "A claim is addressed by it.", actions=set_up)]
        since = payer.electronic_since.get(PayerEnrollment.Transaction.CLAIMS)
        if since is None:
            title = f"{payer.name} does not take our claims electronically yet."
            return [self.finding(title, "No enrollment for claims (837) is on record.", actions=set_up)]
        if since <= facts.today:
            return self._for_another(facts, payer, set_up)
        title = f"{payer.name} takes our claims from {short_day(since, facts.today)}."
        why = f"It is billed that day. {_deadline(facts)}"
        return [self.finding(title, why, waits_on=payer.name, actions=set_up)]

    def _for_another(self, facts: Facts, payer: PayerFacts, set_up: list[Action]) -> list[Finding]:
        """An enrollment is for the NPI under which the practice billed then; another one has to be enrolled anew."""
        known, ours = payer.electronic_for.get(PayerEnrollment.Transaction.CLAIMS, ""), facts.practice.npi
        if not known or not ours or known == ours:
            return []
        title = f"{payer.name} takes claims under the NPI {known}, not under {ours}."
        why = "Enroll the new NPI, and enter the day since when it counts."
        return [self.finding(title, why, actions=set_up)]


def _deadline(facts: Facts) -> str:
    return f"Filing deadline {short_day(facts.deadline, facts.today)}." if facts.deadline else ""
