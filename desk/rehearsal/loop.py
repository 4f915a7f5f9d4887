"""From the claims to the bank: what each station says, and that all of them say the same."""

from __future__ import annotations

from dataclasses import dataclass

from billing import footing
from billing.claims.selectors import listing
from billing.money import overview
from desk.rehearsal import money_back, plan, there_and_back
from desk.rehearsal.building import Made
from desk.rehearsal.documents import Answered
from desk.rehearsal.money_back import Posted
from desk.rehearsal.stages import Figure, Report
from desk.rehearsal.weeks import MORNING, at
from practice.money import total


@dataclass(frozen=True, slots=True)
class Loop:
    """What each station says."""

    charges: Figure
    claims: Figure
    in_file: Figure
    answered: Answered
    accepted: Figure
    paid: Figure
    posted: Posted
    whole: Figure
    clients: Figure
    by_client: Figure


def go(made: Made, report: Report) -> None:
    """Sends the claims, hears the payers, posts what they pay; adds stages and agreements."""
    charges, claims = _made(made)
    with report.part("Claims sent"):
        in_file = there_and_back.send(made)
    with report.part("Answers fetched and read"):
        answered = there_and_back.hear(made)
    with report.part("Remittances posted and deposited"):
        accepted = money_back.listed(made, "accepted")
        posted = money_back.post(made)
        paid = money_back.listed(made, "paid")
        loop = Loop(charges, claims, in_file, answered, accepted, paid, posted, *_afterwards(made))
    tell(loop, report)
    judge(loop, report)


def tell(loop: Loop, report: Report) -> None:
    """The stages in their order."""
    answered, posted = loop.answered, loop.posted
    report.stage("Charges to insurers", loop.charges)
    report.stage("Claims made", loop.claims)
    report.stage("Claims in the file sent (837P)", loop.in_file)
    report.stage("Claims accepted (277CA)", answered.accepted)
    report.stage("Charges the remittances name (835)", answered.named)
    report.stage("Remitted, as the payers' files say (BPR02)", answered.paid)
    report.stage("Posted: payer clearing", posted.clearing)
    report.stage("Posted: contractual adjustment", posted.contractual)
    report.stage("Posted: clients' share", posted.shares)
    report.stage("Insurers still owe", posted.insurers)
    report.stage("Clients owe afterwards", loop.clients)
    report.stage("Bank", posted.bank)


def judge(loop: Loop, report: Report) -> None:
    """Everything that must agree."""
    _of_claims(loop, report)
    _of_money(loop, report)
    _of_ledger(loop, report)


def _of_claims(loop: Loop, report: Report) -> None:
    answered = loop.answered
    report.agree(plan.to_claim(), loop.charges, "What was planned for insurers is what they are charged")
    report.agree(loop.charges, loop.claims, "Every charge to an insurer is a claim")
    report.agree(loop.claims, loop.in_file, "Every claim stands in the file that was sent")
    report.agree(loop.in_file, answered.accepted, "Every claim of the file is accepted")
    report.agree(answered.accepted, loop.accepted, "What payers accepted is what the list of claims says")
    report.agree(loop.in_file, answered.named, "Every claim of the file is named by a remittance")
    report.agree(answered.named, loop.paid, "Every claim that a remittance names is paid")


def _of_money(loop: Loop, report: Report) -> None:
    answered, posted = loop.answered, loop.posted
    for place, payer in enumerate(plan.PAYERS):
        said = answered.by_payer.get(payer["payer_id"], Figure())
        report.agree(plan.paid(place), said, f"{payer['name']} pays what was planned")
    report.agree(plan.paid(), answered.paid, "Payers pay what was planned")
    report.agree(answered.paid, posted.clearing, "What payers pay is in payer clearing")
    report.agree(plan.contractual(), posted.contractual, "Contracts take off what was planned")
    report.agree(plan.shares(), posted.shares, "Clients are left the share that was planned")
    parts = posted.clearing.plus(posted.contractual).plus(posted.shares)
    report.agree(loop.charges, parts, "Paid, contractual and clients' share make the charges")
    report.agree(Figure(0), posted.apart, "They make the charge of every single claim")
    report.agree(answered.paid, posted.bank, "What payers pay is in the bank")


def _of_ledger(loop: Loop, report: Report) -> None:
    report.agree(Figure(None), loop.posted.insurers, "Insurers owe nothing afterwards")
    report.agree(Figure(None), loop.posted.left_in_clearing, "Nothing is left in payer clearing")
    report.agree(Figure(None), loop.whole, "The ledger sums to zero after posting")
    report.agree(plan.of_clients(), loop.clients, "Clients owe what was planned")
    report.agree(loop.by_client, loop.clients, "The clients' accounts foot after posting")


def _made(made: Made) -> tuple[Figure, Figure]:
    """Charges to insurers, and claims as their list counts them."""
    biller = made.staff.biller
    with at(made.staff.owner, MORNING):
        found = listing.claim_list(biller, listing.Wanted(), plan.BILLED_ON).groups[-1]
        return Figure(*footing.charges(biller, insured=True)), Figure(found.count, found.total)


def _afterwards(made: Made) -> tuple[Figure, Figure, Figure]:
    """The sum of the ledger, what clients owe in it, and what they owe by their accounts."""
    with at(made.staff.owner, MORNING):
        money = overview.client_money(made.staff.owner.actor, show=overview.ALL)
        return (
            Figure(None, footing.ledger(made.staff.biller)[1]),
            Figure(None, footing.account(made.staff.biller, "client_receivable")[1]),
            Figure(None, total(row.owes for row in money.rows)),
        )
