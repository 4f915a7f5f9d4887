"""Who gives a session: licenses, enrollment with payers, and who answers for them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from practice.models import CredentialLevel

SUPERVISED_LEVELS: Final = frozenset({CredentialLevel.ASSOCIATE.value, CredentialLevel.TRAINEE.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenseFacts:
    """A license to practice in one state; it holds on its last day."""

    state: str
    expires_on: dt.date
    kind: str = ""
    issued_on: dt.date | None = None

    def covers(self, date: dt.date) -> bool:
        """Whether it held on the date."""
        return date <= self.expires_on and (self.issued_on is None or self.issued_on <= date)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrollmentFacts:
    """Where the clinician stands with one payer."""

    payer_id: int
    status: str
    effective_on: dt.date | None = None
    ends_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionFacts:
    """Who answered for a clinician, from when to when."""

    supervisor_id: int
    starts_on: dt.date
    ends_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicianFacts:
    """A clinician as claims know them."""

    id: int
    first_name: str
    last_name: str = ""
    level: str = "independent"
    npi: str = ""
    taxonomy: str = ""
    licenses: tuple[LicenseFacts, ...] = ()
    enrollments: tuple[EnrollmentFacts, ...] = ()
    supervisions: tuple[SupervisionFacts, ...] = ()

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def is_supervised(self) -> bool:
        """Whether payers see them as an associate, who works under somebody."""
        return self.level in SUPERVISED_LEVELS

    def supervisor_id_on(self, date: dt.date) -> int | None:
        """Who answered for them on the date."""
        for row in self.supervisions:
            if row.starts_on <= date and (row.ends_on is None or date <= row.ends_on):
                return row.supervisor_id
        return None

    def enrollment_with(self, payer_id: int) -> EnrollmentFacts | None:
        """Where they stand with the payer; None when nothing was begun."""
        return next((row for row in self.enrollments if row.payer_id == payer_id), None)
