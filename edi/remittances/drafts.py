"""What has been read so far of an organization, a claim or a line, until it is complete."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from edi.amounts import ZERO
from edi.parties import Address, Contact, Name, Reference
from edi.quick import quick
from edi.remittances.model import Adjustment, Amount, ClaimPayment, LinePayment, Organization, Procedure

ONE = Decimal(1)

make_claim = quick(ClaimPayment)
make_line = quick(LinePayment)


class Draft:
    """The parts that an organization, a claim or a line may have."""

    __slots__ = ("adjustments", "amounts", "contacts", "dates", "references", "remarks")

    def __init__(self) -> None:
        self.references: list[Reference] = []
        self.contacts: list[Contact] = []
        self.adjustments: list[Adjustment] = []
        self.amounts: list[Amount] = []
        self.dates: list[tuple[str, date | None]] = []
        self.remarks: list[str] = []

    def dated(self) -> dict[str, date | None]:
        """The dates by what they date; the first of a kind counts."""
        return dict(reversed(self.dates))


class OrganizationDraft(Draft):
    """A payer or payee being read."""

    __slots__ = ("city", "identity", "street")

    def __init__(self, name: str, id_qualifier: str, id_: str) -> None:
        super().__init__()
        self.identity = (name, id_qualifier, id_)
        self.street = ("", "")
        self.city = ("", "", "", "")

    def finished(self) -> Organization:
        """The organization as read."""
        return Organization(
            *self.identity,
            address=Address(*self.street, *self.city),
            references=tuple(self.references),
            contacts=tuple(self.contacts),
        )


class LineDraft(Draft):
    """A service line being read."""

    __slots__ = ("charge", "original", "paid", "procedure", "revenue_code", "units")

    def __init__(self, procedure: Procedure, charge: Decimal, paid: Decimal) -> None:
        Draft.__init__(self)
        self.procedure = procedure
        self.charge = charge
        self.paid = paid
        self.units = ONE
        self.revenue_code = ""
        self.original: Procedure | None = None

    def finished(self) -> LinePayment:
        """The line as read; one date (472) is its first and its last day."""
        dates = self.dated()
        day = dates.get("472")
        return make_line(
            self.procedure,
            self.charge,
            self.paid,
            self.units,
            self.revenue_code,
            self.original,
            dates.get("150", day),
            dates.get("151", day),
            tuple(self.adjustments),
            tuple(self.references),
            tuple(self.amounts),
            tuple(self.remarks),
        )


class ClaimDraft(Draft):
    """A claim being read."""

    __slots__ = ("charge", "elements", "lines", "names", "paid", "patient_responsibility", "position")

    def __init__(self, position: int, elements: list[str]) -> None:
        super().__init__()
        self.position = position
        self.elements = elements + [""] * (10 - len(elements))
        self.charge = ZERO
        self.paid = ZERO
        self.patient_responsibility: Decimal | None = None
        self.names: list[Name] = []
        self.lines: list[LinePayment] = []

    def finished(self) -> ClaimPayment:
        """The claim as read, with its lines."""
        elements, dates = self.elements, self.dated()
        day = dates.get("472")
        return make_claim(
            self.position,
            elements[1],
            elements[2],
            self.charge,
            self.paid,
            self.patient_responsibility,
            elements[6],
            elements[7],
            elements[8],
            elements[9],
            tuple(self.names),
            dates.get("050"),
            dates.get("232", day),
            dates.get("233", day),
            dates.get("036"),
            tuple(self.adjustments),
            tuple(self.remarks),
            tuple(self.references),
            tuple(self.amounts),
            tuple(self.contacts),
            tuple(self.lines),
        )
