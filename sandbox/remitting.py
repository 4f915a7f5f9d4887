"""Builds remittances: a slip for each decided claim, and the payment that puts the slips of a day together. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Final

from edi.amounts import ZERO
from edi.claims.model import BillingProvider
from edi.claims.model import Payer as NamedPayer
from edi.parties import Address, Contact, Reference
from edi.remittances.model import ClaimPayment, Organization, ProviderAdjustment, Remittance
from sandbox.scenario import Payer
from sandbox.takebacks import Carried, Debt, losses, settle

INTEREST: Final = "L6"
NO_MONEY: Final = ("NON", "H")
PAYERS_ADDRESS: Final = Address("1 SANDBOX WAY", "", "SPRINGFIELD", "IL", "627010000")
CONTACTS: Final = (
    Contact("CX", "SANDBOX CLAIMS", (("TE", "8005550100"),)),
    Contact("BL", "SANDBOX TECHNICAL", (("TE", "8005550101"),)),
)


def slip(  # the facts of one claim's payment
    payment: ClaimPayment,
    interest: Decimal,
    *,
    payer: NamedPayer,
    house: Payer,
    billing: BillingProvider,
    due: date,
) -> Remittance:
    """The remittance of one claim alone, as it waits for the payment it becomes part of."""
    entries = (
        (_entry(billing.npi, due, Carried(INTEREST, payment.payer_control_number, -interest)),) if interest else ()
    )
    amount = payment.paid + interest
    return Remittance(
        method=house.method,
        handling="I",
        credit_debit="D" if amount < 0 else "C",
        amount=abs(amount),
        trace="SLIP",
        originator=f"1{tax_id(house, payer.id)}",
        paid_on=due,
        produced_on=due,
        receiver_id="SANDBOX",
        payer=payer_named(payer),
        payee=payee_named(billing),
        claims=(payment,),
        provider_adjustments=entries,
    )


def slip_of_takeback(paid: Remittance, reason: str, amount: Decimal) -> Remittance:
    """A slip that takes back what another paid, by a PLB under the claim's number and without the claim."""
    entry = _entry(paid.payee.id, paid.paid_on, Carried(reason, paid.claims[0].payer_control_number, amount))
    return replace(paid, credit_debit="D", amount=amount, claims=(), provider_adjustments=(entry,))


def together(
    slips: Sequence[Remittance], *, trace: str, debts: Sequence[Debt], takeback: str
) -> tuple[Remittance, tuple[Debt, ...]]:
    """One payment of all slips, never below nothing, and what the payee owes after it.

    A slip without a claim is a debt: it is taken from this payment as far as that reaches, and else from later ones.
    """
    first = slips[0]
    owed = [
        Debt(entry.reason, entry.reference, entry.amount)
        for one in slips
        if not one.claims
        for entry in one.provider_adjustments
    ]
    claims = tuple(
        replace(claim, position=number)
        for number, claim in enumerate((claim for one in slips for claim in one.claims), 1)
    )
    entries = tuple(entry for one in slips if one.claims for entry in one.provider_adjustments)
    net = sum((claim.paid for claim in claims), ZERO) - sum((entry.amount for entry in entries), ZERO)
    settled = settle(net, losses(claims), [*debts, *owed], takeback)
    carried = tuple(_entry(first.payee.id, first.paid_on, one) for one in settled.entries)
    amount = net - sum((entry.amount for entry in carried), ZERO)
    method, handling = (first.method, "I") if amount else NO_MONEY
    paid = replace(first, method=method, handling=handling, credit_debit="C", amount=amount, trace=trace)
    return replace(paid, claims=claims, provider_adjustments=entries + carried), settled.debts


def payer_named(payer: NamedPayer) -> Organization:
    """Loop 1000A: the payer's own name as the claim had it; everything else says sandbox."""
    references = (Reference("2U", payer.id),) if payer.id else ()
    return Organization(payer.name, address=PAYERS_ADDRESS, references=references, contacts=CONTACTS)


def payee_named(billing: BillingProvider) -> Organization:
    """Loop 1000B: who billed, by NPI and tax number."""
    tax = (Reference("TJ", billing.tax_id.replace("-", "")),) if billing.tax_id else ()
    return Organization(billing.name.full, "XX", billing.npi, billing.address, tax)


def tax_id(house: Payer, payer_id: str) -> str:
    """The payer's tax number: the scenario's, else nine digits that stay the same for the payer ID."""
    return house.tax_id or f"9{int(sha256(payer_id.encode()).hexdigest(), 16) % 10**8:08}"


def _entry(npi: str, day: date | None, carried: Carried) -> ProviderAdjustment:
    """A PLB entry of the fiscal year of the day."""
    ends = date(day.year, 12, 31) if day else None
    return ProviderAdjustment(npi, ends, carried.reason, carried.reference, carried.amount)
