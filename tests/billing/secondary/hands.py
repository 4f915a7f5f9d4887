"""Claims to a first payer whose clients have a second one, as short calls."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from billing.models import Claim, ClaimLine
from billing.money.services import take_payment
from billing.receivables import balance, owed, owed_by_later
from clients.models import Client, Coverage
from clinicians.models import Clinician
from edi.parties import Address, Contact
from edi.remittances import model as x12
from practice.actors import Actor
from practice.models import Practice, PracticePayer, PracticeSettings
from practice.money import total
from tests.billing.claim_factories import PAID_ON, Bench, Money, answer, make_bench, remittance
from tests.billing.remittances.hands import arrive_and_post

SECOND = x12.Organization(
    "BLUE HARBOR PPO", "XV", "BLH02", Address("2 WAY", "", "PITTSBURGH", "PA", "15222"), (), (Contact("BL", "EDI"),)
)
HOME = {"address1": "12 Elm St", "city": "Philadelphia", "state": "PA", "zip": "191031234"}


@dataclass
class Pair:
    """A bench and the second payer of its clients."""

    bench: Bench
    second: PracticePayer
    owner: Actor
    answers: int = 0

    def claim(self, *amounts: Money, copay: Money = "0.00", covered: bool = True, **plan: Any) -> Claim:
        """A claim that the first payer has; its client has the second payer too, unless told otherwise."""
        claim = self.bench.claim(*amounts, copay=copay)
        Client.objects.filter(pk=claim.client_id).update(date_of_birth=dt.date(1990, 5, 1), sex="F", **HOME)
        Claim.objects.filter(pk=claim.pk).update(diagnoses=["F41.1"], place_of_service="11")
        if covered:
            self.cover(claim, **plan)
        claim.refresh_from_db()
        return claim

    def cover(self, claim: Claim, **plan: Any) -> Coverage:
        """Puts the client's second plan on file."""
        given = {"rank": "secondary", "member_id": f"B{claim.client_id}", "starts_on": dt.date(2026, 1, 1)}
        return Coverage.objects.create(client=claim.client, **({"payer": self.second} | given | plan))

    def says(self, *answers: x12.ClaimPayment, **facts: Any) -> None:
        """The first payer's remittance arrives and is posted."""
        self.answers += 1
        said = remittance(*answers, trace=f"EFT{self.answers:04}", **facts)
        arrive_and_post(self.bench, said, control=self.answers)

    def second_says(self, claim: Claim, paid: Money, taken: str = "", **facts: Any) -> x12.ClaimPayment:
        """The second payer's remittance about its own claim is posted."""
        given = {"status": "2", "icn": f"B{claim.pk}"} | facts
        said = answer(claim, paid, taken, **given)
        self.says(said, payer=SECOND)
        return said

    def pays(self, claim: Claim, amount: str) -> None:
        """The client pays."""
        take_payment(
            actor=self.bench.biller,
            client_id=claim.client_id,
            method="cash",
            amount=Decimal(amount),
            received_on=PAID_ON,
        )

    def next(self, claim: Claim) -> Claim:
        """The claim to the second payer that stands."""
        over = ("withdrawn", "replaced", "voided")
        return (
            Claim.objects.filter(attendance=claim.attendance_id, follows__isnull=False).exclude(status__in=over).get()
        )

    def sent(self, claim: Claim) -> Claim:
        """The claim to the second payer, at that payer."""
        row = self.next(claim)
        if row.status == Claim.Status.READY:
            self.bench.send(row)
        row.refresh_from_db()
        return row


def make_pair(practice: Practice, biller: Actor, owner: Actor) -> Pair:
    """Inside the practice's context: a bench whose claims pass the check, and a second payer."""
    bench = make_bench(practice, biller)
    PracticeSettings.objects.update(npi="1245319599", phone="215-555-0142", contact_name="Bob", taxonomy="261QM0801X")
    Clinician.objects.filter(pk=bench.clinician.pk).update(npi="1234567893", taxonomy="101YM0800X")
    second = PracticePayer.objects.create(name="Blue Harbor PPO", payer_id="BLH02")
    return Pair(bench, second, owner)


def medicare(pair: Pair) -> None:
    """The second payer is Medicare."""
    PracticePayer.objects.filter(pk=pair.second.pk).update(claim_filing_indicator="MB")


def charges(claim: Claim) -> list[int]:
    """The charges of a claim, in the order of its lines."""
    return list(ClaimLine.objects.filter(claim=claim).order_by("position").values_list("charge_id", flat=True))


def open_with(claim: Claim) -> tuple[str, str, str]:
    """What the first payer, the later payers and the client owe on a claim's charges."""
    ids = charges(claim)
    every, later = owed(ids).values(), owed_by_later(ids).values()
    second = total(one.by_insurer for of_charge in later for one in of_charge.values())
    first = total(one.by_insurer for one in every) - second
    return str(first), str(second), str(total(one.by_client for one in every))


def credit(claim: Claim) -> str:
    """The client's credit."""
    return str(balance(claim.client_id).credit)
