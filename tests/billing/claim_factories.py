"""Claims that were sent, and what a payer answers to them, as short calls."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from billing.charges import facts_of
from billing.claims.making import make_many
from billing.ledger import postings
from billing.ledger import services as ledger
from billing.ledger.services import Draft
from billing.models import (
    Account,
    Batch,
    Charge,
    Claim,
    ClaimLine,
    Connection,
    Entry,
    LedgerLine,
    Remittance,
    Request,
    Submission,
)
from clients.models import Client, Coverage
from clinicians.models import Clinician
from edi.envelope import Envelope
from edi.parties import Address, Contact, Name, Reference
from edi.remittances import model as x12
from edi.remittances import writing
from practice import clock, files, states
from practice.actors import Actor
from practice.models import PayerRules, Practice, PracticePayer, PracticeSettings, Service
from scheduling.models import Attendance, Session

NPI = "1234567893"
EIN = "123456789"
DAY = dt.date(2026, 11, 2)
PAID_ON = dt.date(2026, 11, 16)
PAYER = x12.Organization(
    "KEYSTONE MUTUAL", "XV", "KEY01", Address("1 WAY", "", "PITTSBURGH", "PA", "15222"), (), (Contact("BL", "EDI"),)
)
PAYEE = x12.Organization("FERNHOLLOW PLLC", "XX", NPI, references=(Reference("TJ", EIN),))
Money = str | Decimal


@dataclass
class Bench:
    """A practice whose claims are at the payer; `biller` acts."""

    practice: Practice
    biller: Actor
    payer: PracticePayer
    clinician: Clinician
    connection: Connection
    clients: list[Client] = field(default_factory=list)
    controls: list[int] = field(default_factory=lambda: [0])

    def claim(self, *amounts: Money, copay: Money = "0.00", codes: Sequence[str] = (), sent: bool = True) -> Claim:
        """One session's claim, a line for each amount; the first is the session, the others are add-ons."""
        who = self.client()
        since, number = dt.date(2026, 1, 1), f"K{who.number}"
        plan = Coverage.objects.create(
            client=who, payer=self.payer, member_id=number, starts_on=since, copay=Decimal(copay)
        )
        charges = self._charges(who, plan, [Decimal(amount) for amount in amounts], Decimal(copay), codes)
        made = make_many(charges, actor=Actor.system(self.practice.pk))[0]
        if sent:
            self.send(made)
        return made

    def month(self, *sessions: Sequence[Money], copay: Money = "0.00", sent: bool = True) -> Claim:
        """One claim for sessions of a client, a week apart from the first on: for each the amounts of its lines."""
        since = dt.date(2026, 1, 1)
        PayerRules.objects.get_or_create(payer=self.payer, starts_on=since, defaults={"sessions": "together"})
        who = self.client()
        plan = Coverage.objects.create(
            client=who, payer=self.payer, member_id=f"K{who.number}", starts_on=since, copay=Decimal(copay)
        )
        charges: list[Charge] = []
        for place, amounts in enumerate(sessions):
            day = DAY + dt.timedelta(days=7 * place)
            charges += self._charges(who, plan, [Decimal(one) for one in amounts], Decimal(copay), day=day)
        (made,) = make_many(charges, actor=Actor.system(self.practice.pk))
        if sent:
            self.send(made)
        return made

    def client(self) -> Client:
        number = len(self.clients) + 1
        row = Client.objects.create(number=number, first_name="Theo", last_name=f"Lindgren{number}")
        self.clients.append(row)
        return row

    def send(self, *claims: Claim) -> Request:
        """Puts claims into a file that was sent: each has ten segments from the eleventh on."""
        actor = Actor.system(self.practice.pk)
        rows = [Claim.objects.get(pk=claim.pk) for claim in claims]
        for state in (Claim.Status.BATCHED, Claim.Status.SENT):
            states.transition_many(rows, state, actor=actor)
        for claim in claims:
            claim.refresh_from_db()
        self.controls[0] += 1
        control = f"{self.controls[0]:09}"
        batch = Batch.objects.create(connection=self.connection, leaves_at=clock.now(), made_at=clock.now())
        request = Request.objects.create(
            batch=batch,
            connection=self.connection,
            file=files.store(f"ISA*{control}".encode(), name=f"{control}.837", actor=actor),
            filename=f"{control}.837",
            control_number=control,
            claim_count=len(claims),
            status=Request.Status.SENT,
            made_at=clock.now(),
        )
        for place, claim in enumerate(claims):
            Submission.objects.create(
                request=request,
                claim=claim,
                number=claim.number,
                transaction_control=f"{place // 2 + 1:04}",
                reference=f"{control}{place // 2 + 1:04}",
                first_segment=11 + 10 * (place % 2),
                last_segment=20 + 10 * (place % 2),
            )
        return request

    def _charges(
        self,
        who: Client,
        plan: Coverage,
        amounts: Sequence[Decimal],
        copay: Decimal,
        codes: Sequence[str] = (),
        *,
        day: dt.date = DAY,
    ) -> list[Charge]:
        service = Service.objects.get_or_create(code="90834", name="Psychotherapy", kind="individual")[0]
        start = clock.instant(self.practice, day, dt.time(9))
        session = Session.objects.create(
            service=service, starts_at=start, ends_at=start + dt.timedelta(minutes=50), made_at=clock.now()
        )
        attendance = Attendance.objects.create(
            session=session,
            client=who,
            service=service,
            rendering=self.clinician,
            coverage=plan,
            fee=amounts[0],
            status=Attendance.Status.CONFIRMED,
            outcome=Attendance.Status.HELD,
            confirmed_at=clock.now(),
            place_of_service="11",
        )
        kinds = [Charge.Kind.SESSION, *[Charge.Kind.ADD_ON] * (len(amounts) - 1)]
        given = [*codes, *["90834", "90785", "90840", "96127"][len(codes) :]]
        charges = Charge.objects.bulk_create(
            Charge(
                attendance=attendance,
                client=who,
                clinician=self.clinician,
                coverage=plan,
                payer=self.payer,
                kind=kind,
                code=code,
                amount=amount,
                service_on=day,
                made_at=clock.now(),
            )
            for kind, code, amount in zip(kinds, given, amounts, strict=False)
        )
        drafts = [
            Draft(Entry.Kind.CHARGE, postings.charge(facts_of(one, copay if not place else Decimal(0))), day)
            for place, one in enumerate(charges)
            if one.amount
        ]
        ledger.post_many(drafts, practice=self.practice, actor=Actor.system(self.practice.pk))
        return charges


def make_bench(practice: Practice, biller: Actor) -> Bench:
    """Inside the practice's context: settings, payer, clinician and a connection to the sandbox."""
    PracticeSettings.objects.create(legal_name="Fernhollow PLLC", ein=EIN, npi=NPI)
    connection = Connection.objects.create(
        name="Sandbox",
        layout="sandbox",
        host="localhost",
        username="fern",
        submitter_id="FERN01",
        receiver_id="SANDBOX",
        receiver_name="SANDBOX",
    )
    payer = PracticePayer.objects.create(name="Keystone Mutual", payer_id="KEY01")
    clinician = Clinician.objects.create(first_name="Charlie", last_name="Nguyen", credentials="LPC")
    return Bench(practice, biller, payer, clinician, connection)


def cas(text: str) -> tuple[x12.Adjustment, ...]:
    """`CO-45 30.00, PR-3 25.00` as adjustments."""
    made = []
    for part in filter(None, text.split(",")):
        code, amount = part.split()
        group, _, reason = code.partition("-")
        made.append(x12.Adjustment(group, reason, Decimal(amount)))
    return tuple(made)


def line(row: ClaimLine, paid: Money, taken: str = "", *, by_reference: bool = True, **facts: Any) -> x12.LinePayment:
    """A payer's answer to one of our lines."""
    references = (Reference("6R", row.reference),) if by_reference else ()
    procedure = x12.Procedure("HC", row.code, tuple(row.modifiers))
    said = {"service_from": row.service_on, "service_to": row.service_on, "references": references}
    return x12.LinePayment(procedure, row.amount, Decimal(paid), adjustments=cas(taken), **(said | facts))


def answer(
    claim: Claim, paid: Money, taken: str = "", *, position: int = 1, icn: str = "", **facts: Any
) -> x12.ClaimPayment:
    """A payer's answer to a claim of one line, or with `lines` to one of several; `taken` stands on the line."""
    rows = list(ClaimLine.objects.filter(claim=claim).order_by("position"))
    lines = facts.pop("lines", None)
    if lines is None:
        lines = (line(rows[0], paid, taken),)
    said: dict[str, Any] = {
        "status": "1",
        "charge": claim.total,
        "filing_indicator": "CI",
        "payer_control_number": icn or f"ICN{claim.pk}",
        "names": (Name("QC", "LINDGREN", "THEO", id_qualifier="MI", id="K1"),),
        "service_from": DAY,
        "lines": tuple(lines),
        "patient_control_number": claim.number,
    }
    return x12.ClaimPayment(position=position, paid=Decimal(paid), **(said | facts))


def plb(reason: str, amount: Money, reference: str = "") -> x12.ProviderAdjustment:
    """A provider adjustment; above zero it lowers the payment."""
    return x12.ProviderAdjustment(NPI, dt.date(2026, 12, 31), reason, reference, Decimal(amount))


def remittance(*claims: x12.ClaimPayment, trace: str = "EFT0001", **facts: Any) -> x12.Remittance:
    """The payment of these claims and adjustments, which adds up."""
    provider = facts.pop("plbs", ())
    amount = sum((one.paid for one in claims), Decimal(0)) - sum((one.amount for one in provider), Decimal(0))
    numbered = tuple(_at(one, place) for place, one in enumerate(claims, 1))
    said: dict[str, Any] = {
        "method": "ACH" if amount else "NON",
        "handling": "I" if amount else "H",
        "credit_debit": "D" if amount < 0 else "C",
        "amount": abs(amount),
        "trace": trace,
        "originator": "1234567890",
        "paid_on": PAID_ON,
        "payer": PAYER,
        "payee": PAYEE,
        "claims": numbered,
        "provider_adjustments": tuple(provider),
    }
    return x12.Remittance(**(said | facts))


def file_of(*remittances: x12.Remittance, control: int = 1) -> bytes:
    """An 835 file."""
    envelope = Envelope(sender="PAYER", receiver="FERN01", usage="T")
    made_at = dt.datetime(2026, 11, 16, 9, 0)  # noqa: DTZ001 - an envelope has local time without a zone
    return writing.write(remittances, envelope, control=control, group_control=control, made_at=made_at)


def open_on(charge_id: int) -> dict[str, str]:
    """What every account holds for a charge, without those at nothing."""
    rows = LedgerLine.objects.filter(charge=charge_id).values("account").annotate(sum=Sum("amount"))
    return {row["account"]: str(row["sum"]) for row in rows if row["sum"]}


def books() -> dict[str, str]:
    """What every account holds, without those at nothing."""
    rows = LedgerLine.objects.values("account").annotate(sum=Sum("amount")).order_by("account")
    return {row["account"]: str(row["sum"]) for row in rows if row["sum"]}


def clearing(row: Remittance) -> Decimal:
    """What the payer clearing of a remittance holds."""
    lines = LedgerLine.objects.filter(remittance=row, account=Account.PAYER_CLEARING)
    return Decimal(lines.aggregate(sum=Sum("amount", default=Decimal("0.00")))["sum"])


def _at(one: x12.ClaimPayment, place: int) -> x12.ClaimPayment:
    return replace(one, position=place)
