"""Reads an 835 transaction into a remittance: every readable one, with its oddities written down."""

from __future__ import annotations

from datetime import date

from edi.amounts import ZERO
from edi.errors import X12Error
from edi.interchanges import Transaction
from edi.quick import uncollected
from edi.remittances.details import Reader
from edi.remittances.drafts import ClaimDraft, LineDraft
from edi.remittances.hashing import content_hash
from edi.remittances.model import ClaimPayment, Organization, ProviderAdjustment, Remittance
from edi.remittances.organizations import OrganizationReader
from edi.remittances.tolerant import element

SET_ID = "835"
VERSION = "005010X221"
LEFT_OUT = ("ST", "SE", "CUR", "RDM", "TS2", "TS3", "QTY")
"""Segments that say nothing the model keeps: envelope, currency, delivery, totals of a facility, quantities."""
STATUSES = frozenset({"1", "2", "3", "4", "19", "20", "21", "22", "23", "25"})


def read(transaction: Transaction) -> Remittance:
    """The remittance in a transaction; raises X12Error only when it is not an 835.

    What a payer left out or misspelled becomes an oddity in `defects`, grave where money or an identifier could not be
    read. Nothing is guessed, corrected or balanced.
    """
    if transaction.set_id != SET_ID:
        raise X12Error(f"This transaction is a {transaction.set_id or 'nameless set'}, not a remittance (835).")
    reader = RemittanceReader(transaction)
    with uncollected():
        reader.walk()
        return reader.remittance()


class RemittanceReader(OrganizationReader):
    """Walks the segments once; a detail goes to what was opened last: organization, claim or line."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction.delimiters)
        self.segments = transaction.segments
        self.version = transaction.version
        self.payment: list[str] = []
        self.amount = ZERO
        self.paid_on: date | None = None
        self.trace: list[str] = []
        self.header = self.opened
        self.line: LineDraft | None = None
        self.claims: list[ClaimPayment] = []
        self.provider_adjustments: list[ProviderAdjustment] = []

    def walk(self) -> None:
        """Reads every segment in order."""
        readers, mark, unknown = {**self.details(), **self.openers()}, self.delimiters.element, self.read_unknown
        for number, text in enumerate(self.segments.texts, 1):
            self.number = number
            elements = text.split(mark)
            readers.get(elements[0], unknown)(elements)
        self.close([])

    def openers(self) -> dict[str, Reader]:
        """What reads the segments that are no details."""
        return {
            **dict.fromkeys(LEFT_OUT, self.leave_out),
            "BPR": self.read_payment,
            "TRN": self.read_trace,
            "N1": self.open_organization,
            "N3": self.read_street,
            "N4": self.read_city,
            "LX": self.close,
            "CLP": self.read_claim,
            "SVC": self.read_line,
            "PLB": self.read_provider_adjustments,
        }

    def leave_out(self, _elements: list[str]) -> None:
        """A segment of which nothing is kept."""

    def read_unknown(self, elements: list[str]) -> None:
        """A segment that an 835 does not have."""
        self.note(f"“{elements[0][:12]}” is no segment of an 835; it was left out.")

    def remittance(self) -> Remittance:
        """What was read, after the oddities of the whole are noted."""
        self.note_what_is_missing()
        payment, dates = self.payment, self.header.dated()
        return Remittance(
            method=element(payment, 4),
            handling=element(payment, 1),
            credit_debit=element(payment, 3),
            amount=self.amount,
            trace=element(self.trace, 2).strip(),
            originator=element(self.trace, 3).strip(),
            paid_on=self.paid_on,
            produced_on=dates.get("405"),
            receiver_id=next((one.value for one in self.header.references if one.qualifier == "EV"), ""),
            payer=self.organizations.get("PR", Organization()),
            payee=self.organizations.get("PE", Organization()),
            claims=tuple(self.claims),
            provider_adjustments=tuple(self.provider_adjustments),
            content_hash=content_hash(self.segments),
            defects=tuple(self.found),
        )

    def note_what_is_missing(self) -> None:
        """Notes a version that is not expected, and the segments no remittance can do without."""
        if self.version and not self.version.startswith(VERSION):
            self.note_all(f"The version is {self.version}, not {VERSION}A1; it was read by the same rules.")
        if not self.payment:
            self.note_all("BPR is missing: the payment's amount and date are not known.", grave=True)
        elif self.paid_on is None:
            self.note_all("BPR16, the date of the payment, is missing.")
        if not element(self.trace, 2):
            self.note_all("TRN02, the check or transfer number, is missing.", grave=True)
        for role, who in (("PR", "payer"), ("PE", "payee")):
            if role not in self.organizations:
                self.note_all(f"N1*{role} is missing: the {who} is not named.", grave=True)

    def read_payment(self, elements: list[str]) -> None:
        """BPR: the amount, how and when it is paid."""
        if self.payment:
            self.note("A second BPR in one transaction; it was left out.", grave=True)
            return
        self.payment = elements
        self.amount = self.money(elements, 2, "payment")
        if elements[3:4] not in (["C"], ["D"]):
            self.note("BPR03 says neither credit (C) nor debit (D); read as credit.", grave=True)
        self.paid_on = self.day(elements, 16, "payment date")

    def read_trace(self, elements: list[str]) -> None:
        """TRN: the check or transfer number and who made it."""
        if not self.trace:
            self.trace = elements

    def open_organization(self, elements: list[str]) -> None:
        """N1: the payer or the payee."""
        self.close(elements)
        self.read_organization(elements)

    def read_claim(self, elements: list[str]) -> None:
        """CLP: a claim and its three amounts."""
        self.close(elements)
        self.claim = claim = ClaimDraft(len(self.claims) + 1, elements)
        self.opened = claim
        claim.charge = self.money(elements, 3, "claim charge")
        claim.paid = self.money(elements, 4, "claim payment")
        claim.patient_responsibility = self.number_of(elements, 5, "patient responsibility")
        if not claim.elements[1]:
            self.note("CLP01, the patient control number, is missing.")
        if claim.elements[2] not in STATUSES:
            self.note(f"CLP02 “{claim.elements[2]}” is no claim status of an 835.", grave=True)

    def read_line(self, elements: list[str]) -> None:
        """SVC: a service line of the claim before it."""
        if self.claim is None:
            self.note("SVC stands before any claim; the line was left out.", grave=True)
            return
        self.close_line(self.claim)
        paid = self.money(elements, 3, "line payment")
        line = LineDraft(self.procedure(elements, 1), self.money(elements, 2, "line charge"), paid)
        self.line = self.opened = line
        line.revenue_code = element(elements, 4)
        if (units := self.number_of(elements, 5, "units")) is not None:
            line.units = units
        if element(elements, 6):
            line.original = self.procedure(elements, 6)

    def read_provider_adjustments(self, elements: list[str]) -> None:
        """PLB: up to six pairs of reason with reference, and amount."""
        self.close(elements)
        fiscal_on = self.day(elements, 2, "fiscal period")
        for at in range(3, len(elements), 2):
            reason, _, rest = elements[at].partition(self.delimiters.component)
            if not reason and not "".join(elements[at + 1 : at + 2]):
                continue
            amount = self.money(elements, at + 1, "provider adjustment")
            number = rest.partition(self.delimiters.component)[0].strip()
            self.provider_adjustments.append(ProviderAdjustment(elements[1], fiscal_on, reason.strip(), number, amount))

    def close(self, _elements: list[str]) -> None:
        """Completes what is open: the line, its claim, or the organization."""
        if self.claim is not None:
            self.close_line(self.claim)
            self.claims.append(self.claim.finished())
            self.claim = None
        self.close_organization()
        self.opened = self.header

    def close_line(self, claim: ClaimDraft) -> None:
        """Completes the open line and hands it to its claim."""
        if self.line is not None:
            claim.lines.append(self.line.finished())
            self.line = None
            self.opened = claim
