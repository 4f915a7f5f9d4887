"""What a claim to a later payer tells of the first: loops 2320, 2330A, 2330B and 2430, copied from its answer.

Groups, reasons and amounts stand as the 835 had them. Where the answer does not add up, or does not speak of the lines
as they were sent, nothing is told: `why_not` says so in a sentence, and no such claim is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from billing.models import Claim, ClaimLine, Remittance, RemittanceAdjustment, RemittanceClaim
from billing.remittances.loading import Said, SaidLine, of_rows
from clients.missing import MEDICARE
from clients.models import Client, Coverage
from edi.claims import model as x12
from practice.money import total
from practice.templatetags.caseload import money

_FIRST, _SECOND = "P", "S"


@dataclass(frozen=True, slots=True)
class Earlier:
    """The claim to the payer before, and its answer."""

    claim: Claim
    said: Said

    @property
    def payer(self) -> str:
        """What that payer is called."""
        return str(self.claim.payer)


def earlier(claims: Iterable[Claim]) -> dict[int, Earlier]:
    """What claims to a later payer go on from, by claim; no statement where there are none, else six.

    An answer that its payer took back since is none.
    """
    later = [claim for claim in claims if claim.follows_id is not None and claim.follows_answer_id is not None]
    if not later:
        return {}
    answers = RemittanceClaim.objects.filter(pk__in=[claim.follows_answer_id for claim in later])
    back = RemittanceClaim.objects.filter(reverses__in=answers, remittance__status=Remittance.Status.POSTED)
    gone = set(back.values_list("reverses_id", flat=True))
    rows = [row for row in answers.select_related("remittance") if row.pk not in gone]
    said = {one.row.pk: one for one in of_rows(rows)}
    before = Claim.objects.filter(pk__in=[claim.follows_id for claim in later])
    firsts = {row.pk: row for row in before.select_related("payer", "coverage", "client")}
    return {
        claim.pk: Earlier(firsts[claim.follows_id or 0], said[claim.follows_answer_id or 0])
        for claim in later
        if claim.follows_answer_id in said
    }


def coordinated(made: x12.Claim, row: Claim, lines: Sequence[ClaimLine], before: Earlier | None) -> x12.Claim:
    """The claim with what the payer before decided; one that follows no answer as it is."""
    if before is None or why_not(before.said, lines):
        return made
    subscriber = replace(made.subscriber, responsibility=_SECOND, medicare_type=_medicare_type(row))
    decided = [replace(line, decisions=_decisions(own, before)) for line, own in zip(made.lines, lines, strict=True)]
    return replace(made, subscriber=subscriber, coverages=(_coverage(before),), lines=tuple(decided))


def why_not(said: Said, lines: Sequence[ClaimLine]) -> str:
    """Why an answer cannot be told to the next payer, in a sentence; empty where it can. Pure."""
    if said.lines and (words := _why_not_by_line(said, lines)):
        return words
    told = total(one.amount for one in said.adjustments)
    base = total(one.row.paid for one in said.lines) if said.lines else said.row.charge
    if base - told != said.row.paid or said.row.charge != total(line.amount for line in lines):
        return f"The first payer’s answer of {money(said.row.paid)} does not add up to the charge. It cannot be told."
    return ""


def _why_not_by_line(said: Said, lines: Sequence[ClaimLine]) -> str:
    """Every line as it was sent is answered once, under its own code, and adds up."""
    found = _by_charge(said)
    for line in lines:
        answers = found.get(line.charge_id, [])
        if len(answers) > 1:
            return f"The first payer split {line.code} into {len(answers)} lines, so they cannot be told apart."
        if not answers or answers[0].row.charged != line.amount or answers[0].row.original not in {"", line.code}:
            return f"The first payer did not answer {line.code} as it was sent, so its share cannot be told."
        if answers[0].row.paid + total(one.amount for one in answers[0].adjustments) != line.amount:
            return f"What the first payer paid and took off {line.code} does not add up to {money(line.amount)}."
    if len(said.lines) != len(lines):
        return "The first payer answered with lines that were not sent, so they cannot be told apart."
    return ""


def _by_charge(said: Said) -> dict[int, list[SaidLine]]:
    found: dict[int, list[SaidLine]] = {}
    for one in said.lines:
        found.setdefault(one.row.charge_id or 0, []).append(one)
    return found


def _medicare_type(row: Claim) -> str:
    """SBR05: why Medicare pays second, where it is asked second."""
    return row.coverage.medicare_type if row.payer.claim_filing_indicator in MEDICARE else ""


def _coverage(before: Earlier) -> x12.OtherCoverage:
    """Loops 2320, 2330A and 2330B; the day stands at the payer where it decided the claim as a whole."""
    plan, said = before.claim.coverage, before.said
    return x12.OtherCoverage(
        responsibility=_FIRST,
        relationship=plan.relationship,
        filing_indicator=before.claim.payer.claim_filing_indicator,
        subscriber=_subscriber(plan, before.claim.client),
        payer=x12.Payer(before.payer, before.claim.payer.payer_id),
        group_number=plan.group_number,
        plan_name=plan.plan_name,
        paid=said.row.paid,
        adjustments=_adjustments(said.adjustments),
        decided_on=None if said.lines else said.row.remittance.paid_on,
        payer_control_number=said.row.payer_control_number,
    )


def _subscriber(plan: Coverage, client: Client) -> x12.OtherSubscriber:
    if plan.is_own:
        name = x12.Person(client.last_name, client.first_name, client.middle_name, client.suffix)
        return x12.OtherSubscriber(name, plan.member_id)
    return x12.OtherSubscriber(x12.Person(plan.subscriber_last_name, plan.subscriber_first_name), plan.member_id)


def _decisions(line: ClaimLine, before: Earlier) -> tuple[x12.LineDecision, ...]:
    """Loop 2430 of one line; none where the payer decided the claim as a whole."""
    answers = _by_charge(before.said).get(line.charge_id, [])
    return tuple(
        x12.LineDecision(
            payer_id=before.claim.payer.payer_id,
            paid=answer.row.paid,
            code=answer.row.code or line.code,
            units=Decimal(line.units) if answer.row.units is None else answer.row.units.normalize(),
            decided_on=before.said.row.remittance.paid_on,
            modifiers=tuple(answer.row.modifiers),
            adjustments=_adjustments(answer.adjustments),
        )
        for answer in answers
    )


def _adjustments(rows: Iterable[RemittanceAdjustment]) -> tuple[x12.Adjustment, ...]:
    """CAS as the payer wrote them, in its order; one of nothing is no adjustment."""
    return tuple(x12.Adjustment(row.group, row.reason, row.amount, row.quantity) for row in rows if row.amount)
