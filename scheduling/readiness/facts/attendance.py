"""One attendance, or a booking that does not exist yet, with everything around it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from practice.models import PayerRules
from scheduling.models import Attendance
from scheduling.readiness.facts.clients import USUAL, ClientFacts, CoverageFacts, RulesFacts
from scheduling.readiness.facts.clinicians import ClinicianFacts
from scheduling.readiness.facts.practice import LocationFacts, PracticeFacts, ServiceFacts

_ABSENT: Final = frozenset({Attendance.Status.LATE_CANCELED.value, Attendance.Status.NO_SHOW.value})
_MINUTE: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class AddOnFacts:
    """A service billed beside the main one."""

    service: ServiceFacts
    units: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a check knows of one attendance. `key` is its id, or what a proposed booking was given.

    All instants are on the practice's wall clock; `date` is the local date of service. `rendering` is who gave
    the session, `supervisor` who answered for them that day, `fee` the amount somebody entered in dollars, and
    `late_reason` why the claim comes after its deadline, as CLM20 says it.
    """

    key: int
    session_id: int | None
    date: dt.date
    now: dt.datetime
    scheduled_start: dt.datetime
    scheduled_stop: dt.datetime
    client: ClientFacts
    practice: PracticeFacts
    outcome: str = "scheduled"
    is_confirmed: bool = False
    is_proposed: bool = False
    actual_start: dt.datetime | None = None
    actual_stop: dt.datetime | None = None
    service: ServiceFacts | None = None
    units: int = 1
    add_ons: tuple[AddOnFacts, ...] = ()
    diagnoses: tuple[str, ...] = ()
    telehealth: bool = False
    location: LocationFacts | None = None
    place_of_service: str = ""
    modifiers: tuple[str, ...] = ()
    client_state: str = ""
    coverage: CoverageFacts | None = None
    self_pay: bool = False
    rendering: ClinicianFacts | None = None
    supervisor: ClinicianFacts | None = None
    fee: Decimal | None = None
    late_reason: str = ""
    overrides: Mapping[str, str] = field(default_factory=dict)

    @property
    def today(self) -> dt.date:
        """The present date where the practice is."""
        return self.now.date()

    @property
    def is_absence(self) -> bool:
        """Whether it was a late cancel or a no-show: only the policy's fee matters then."""
        return self.outcome in _ABSENT

    @property
    def is_canceled(self) -> bool:
        """Whether nothing is left of it."""
        return self.outcome == Attendance.Status.CANCELED

    @property
    def is_claim(self) -> bool:
        """Whether an insurer is asked to pay for it."""
        insured = self.service is None or self.service.insured
        return insured and not self.self_pay and self.coverage is not None and not self.is_absence

    @property
    def minutes(self) -> int | None:
        """How long it took, or is planned to take when it is only proposed."""
        if self.is_proposed:
            return _minutes(self.scheduled_start, self.scheduled_stop)
        if self.actual_start is None or self.actual_stop is None:
            return None
        return _minutes(self.actual_start, self.actual_stop)

    @property
    def code(self) -> str:
        """The main service's code; empty while none is chosen."""
        return self.service.code if self.service else ""

    @property
    def place(self) -> str:
        """The place of service as the claim says it; empty when nobody said where."""
        if self.place_of_service:
            return self.place_of_service
        if self.location is not None and self.location.is_telehealth == self.telehealth:
            return self.location.place_of_service
        return "10" if self.telehealth else ""

    @property
    def state(self) -> str:
        """The state whose license counts: where the client was by telehealth, else where the office is."""
        if self.telehealth:
            return self.client_state
        return self.location.state if self.location else ""

    @property
    def has_price(self) -> bool:
        """Whether something says what a client who pays owes: an amount entered, their own rate, the fee."""
        if self.fee is not None or self.client.own_rate is not None:
            return True
        return self.service is not None and self.service.fee_on(self.date) is not None

    @property
    def rules(self) -> RulesFacts:
        """How the payer wants claims for sessions of that day; the usual ones where nobody is asked to pay."""
        return USUAL if self.coverage is None else self.coverage.payer.rules_on(self.date)

    @property
    def claim_rendering(self) -> ClinicianFacts | None:
        """Whom the claim names as rendering: some payers want an associate's supervisor there."""
        if self.rendering is None or self.coverage is None or not self.rendering.is_supervised:
            return self.rendering
        if self.rules.supervised == PayerRules.Supervised.SUPERVISOR:
            return self.supervisor
        return self.rendering

    @property
    def deadline(self) -> dt.date | None:
        """The last day on which the payer takes the claim."""
        if self.coverage is None:
            return None
        return self.date + dt.timedelta(days=self.rules.filing_days)


def _minutes(start: dt.datetime, stop: dt.datetime) -> int:
    """Elapsed time, also across a change of the clocks: instants of one zone would subtract as wall times."""
    return int((stop.astimezone(dt.UTC) - start.astimezone(dt.UTC)).total_seconds()) // _MINUTE
