"""Turns a judged remittance into entries: reversals first, then answers in their order, then provider adjustments.

Nothing is read or written here: what the ledger knows comes as `Books`, which are kept up to date on the way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from billing.ledger import postings
from billing.ledger.postings import Posting
from billing.ledger.services import Draft
from billing.models import Account, Entry, Remittance, RemittanceAdjustment, RemittanceClaim, Treatment
from billing.remittances import bundling, posting
from billing.remittances.books import Books, Posted
from billing.remittances.holding import Judgment
from billing.remittances.loading import Said, as_line
from billing.remittances.posting import ChargeAnswer, Part
from billing.remittances.refusing import is_left, is_line_denial
from billing.remittances.remaining import Remaining, kept_shares
from billing.remittances.treatments import REFUSED, Rules
from billing.remittances.words import name
from billing.secondary import sharing
from billing.secondary.sharing import Turn
from billing.takebacks.naming import Naming
from edi.remittances.model import PREDETERMINATION
from practice.money import ZERO, total

_LEFT: Final = "left"


@dataclass(slots=True)
class Outcome:
    """What a remittance did to one claim of ours: the answers it took back, and its own, with what each refused.

    `goes_on` says that what is left is asked of the next payer; `left` is how much, with what the client paid of it.
    `remaining` are other answers that stand where one was taken back, the latest first.
    """

    claim_id: int
    taken_back: list[int] = field(default_factory=list)
    answers: list[tuple[Said, Decimal]] = field(default_factory=list)
    last: RemittanceClaim | None = None
    goes_on: bool = False
    left: Decimal = ZERO
    remaining: list[Remaining] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """The entries to write, what became of each claim, and the last answer that touched each charge."""

    drafts: list[Draft] = field(default_factory=list)
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    touched: dict[int, int] = field(default_factory=dict)


class Planner:
    """Makes the plan of one remittance."""

    def __init__(
        self, row: Remittance, judgment: Judgment, books: Books, rules: Rules, *, names: Naming, today: dt.date
    ) -> None:
        self.row, self.judgment, self.books, self.rules, self.names = row, judgment, books, rules, names
        self.on = row.paid_on or today
        self.memo = name(row)[:200]
        self.plan = Plan()

    def make(self) -> Plan:
        """The whole plan."""
        said = self.judgment.said
        for one in [one for one in said if one.row.is_reversal]:
            self._take_back(one)
        self._keep_shares()
        for one in [one for one in said if not one.row.is_reversal]:
            self._answer(one)
        self._release()
        self._provider()
        return self.plan

    def _take_back(self, said: Said) -> None:
        if said.row.claim_id is None:
            self._not_ours(said)
            return
        original = self.judgment.originals[said.row.pk]
        outcome = self._outcome(said)
        outcome.taken_back.append(original.row.pk)
        for posted in self.books.answers.get(original.row.pk, []):
            lines = posting.taken_back(posted.lines, self.row.pk)
            self._count(lines, said.row)
            self._reverse(posted, lines, said.row)
        for posted in self.books.releases.get(original.row.pk, []):
            self._take_release_back(posted, said.row)

    def _take_release_back(self, posted: Posted, row: RemittanceClaim) -> None:
        """Credit that an answer had left goes back to the charge, where it is still there."""
        freed = [line for line in posted.lines if line.account == Account.CLIENT_RECEIVABLE]
        for line in freed:
            if line.charge_id is None or self.books.credit.get(line.client_id or 0, ZERO) < line.amount:
                return
        for line in freed:
            standing = self.books.standings[line.charge_id or 0]
            standing.client -= line.amount
            standing.paid += line.amount
            self.books.credit[line.client_id or 0] -= line.amount
        self._reverse(posted, postings.negation(posted.lines), row)

    def _reverse(self, posted: Posted, lines: Sequence[Posting], row: RemittanceClaim) -> None:
        self.plan.drafts.append(
            Draft(
                Entry.Kind.REVERSAL,
                lines,
                self.on,
                reverses_id=posted.entry_id,
                memo=self.memo,
                remittance_claim_id=row.pk,
            )
        )

    def _answer(self, said: Said) -> None:
        if said.row.claim_id is None:
            self._not_ours(said)
        elif said.row.status_code != PREDETERMINATION:
            self._post(said, said.row.claim_id)

    def _post(self, said: Said, claim_id: int) -> None:
        outcome, goes_on = self._outcome(said), self._goes_on(said, claim_id)
        outcome.goes_on |= goes_on
        if said.row.is_denial and not goes_on:
            outcome.answers.append((said, said.row.charge))
            return
        self._recall(said, claim_id)
        touched, refused = self._figured(said, claim_id, goes_on=goes_on)
        lines = [line for one in touched for line in self._lines(one, claim_id)]
        outcome.answers.append((said, refused))
        outcome.left += total(max(one.patient + one.onward, ZERO) for one in touched if goes_on)
        self._count(lines, said.row)
        if lines:
            draft = Draft(Entry.Kind.REMITTANCE, lines, self.on, memo=self.memo, remittance_claim_id=said.row.pk)
            self.plan.drafts.append(draft)

    def _figured(self, said: Said, claim_id: int, *, goes_on: bool) -> tuple[list[ChargeAnswer], Decimal]:
        """What an answer comes to for each charge it speaks of, and what it refuses in all."""
        charges = [self.books.charges[pk] for pk in self.books.of_claim.get(claim_id, [])]
        together = bundling.bundles(said.lines, charges)
        turn = self.books.turn(claim_id)
        parts = bundling.spread(self._parts(said, turn, goes_on=goes_on), together, charges)
        found = posting.answers(charges, parts, self._whole(said, turn))
        touched = [one for one in found if not said.lines or one.facts.charge_id in parts or _has_money(one)]
        return touched, total(one.refused for one in found)

    def _keep_shares(self) -> None:
        """Where other answers stand, what they say of the client's share stays as they said it."""
        for outcome in self.plan.outcomes.values():
            outcome.remaining = [self._remaining(one) for one in self.judgment.standing.get(outcome.claim_id, [])]
            for original in outcome.taken_back if outcome.remaining else []:
                lines = [line for posted in self.books.answers.get(original, []) for line in posted.lines]
                kept = kept_shares(lines, original, outcome.remaining, self.books.order, remittance_id=self.row.pk)
                for answer_id, shares in kept.items():
                    for line in shares:
                        self.books.standings[line.charge_id or 0].take([line])
                    draft = Draft(Entry.Kind.REMITTANCE, shares, self.on, memo=self.memo, remittance_claim_id=answer_id)
                    self.plan.drafts.append(draft)

    def _remaining(self, said: Said) -> Remaining:
        """An answer that stands, figured as it was when it was posted."""
        claim_id = said.row.claim_id or 0
        goes_on = self._goes_on(said, claim_id)
        if said.row.is_denial and not goes_on:
            return Remaining(said, said.row.charge)
        touched, refused = self._figured(said, claim_id, goes_on=goes_on)
        return Remaining(said, refused, frozenset(one.facts.charge_id for one in touched if not one.is_denied))

    def _lines(self, answer: ChargeAnswer, claim_id: int) -> list[Posting]:
        standing, turn = self.books.standings[answer.facts.charge_id], self.books.turn(claim_id)
        return sharing.lines_of(answer, standing, turn, payer_id=self.row.payer_id, remittance_id=self.row.pk)

    def _goes_on(self, said: Said, claim_id: int) -> bool:
        """Whether another payer is asked for what this one leaves: nothing in a refusal may ask for work here."""
        if self.books.turn(claim_id).next_coverage_id is None:
            return False
        kinds = {one.treatment for one in said.all_adjustments if one.amount}
        return not said.row.is_denial or (Treatment.NEXT_PAYER.value in kinds and not kinds & REFUSED)

    def _recall(self, said: Said, claim_id: int) -> None:
        """What a person had handed to the next payer goes back: this answer says anew what is left for it."""
        for posted in self.books.handed.pop(claim_id, []):
            lines = postings.negation(posted.lines)
            self._count(lines, said.row)
            self._reverse(posted, lines, said.row)

    def _parts(self, said: Said, turn: Turn, *, goes_on: bool) -> dict[int, list[Part]]:
        found: dict[int, list[Part]] = {}
        for line in said.lines:
            denied = is_line_denial(as_line(line), self.rules)
            part = Part(line.row.charged, line.row.paid, *self._sums(line.adjustments, turn), is_denied=denied)
            if denied and goes_on and part.onward and not part.refused:
                part = Part(line.row.charged, line.row.paid, onward=line.row.charged)
            found.setdefault(line.row.charge_id or 0, []).append(part)
        return found

    def _whole(self, said: Said, turn: Turn) -> Part:
        """What stands at the claim itself: the payment that no line explains, and the claim's own adjustments."""
        paid = said.row.paid - total(line.row.paid for line in said.lines)
        return Part(ZERO, paid, *self._sums(said.adjustments, turn))

    def _sums(
        self, adjustments: Iterable[RemittanceAdjustment], turn: Turn
    ) -> tuple[Decimal, Decimal, Decimal, Decimal]:
        """Dollars written off, of the client, left to be worked, and left for the next payer."""
        kinds = (Treatment.WRITE_OFF.value, Treatment.PATIENT.value, _LEFT, Treatment.NEXT_PAYER.value)
        sums = dict.fromkeys(kinds, ZERO)
        for one in adjustments:
            key = _LEFT if is_left(one, self.rules, turn) else one.treatment
            if key in sums:
                sums[key] += one.amount
        written_off, patient, left, onward = (sums[kind] for kind in kinds)
        return written_off, patient, left, onward

    def _not_ours(self, said: Said) -> None:
        reference = self.names.of(said.row.payer_control_number or said.row.number)
        payer_id = self.row.payer_id
        lines = posting.not_ours(said.row.paid, reference, payer_id=payer_id, remittance_id=self.row.pk)
        if lines:
            draft = Draft(Entry.Kind.REMITTANCE, lines, self.on, memo=self.memo, remittance_claim_id=said.row.pk)
            self.plan.drafts.append(draft)

    def _count(self, lines: Iterable[Posting], row: RemittanceClaim) -> None:
        for line in lines:
            if line.charge_id is not None:
                self.books.standings[line.charge_id].take([line])
                self.plan.touched[line.charge_id] = row.pk

    def _release(self) -> None:
        """What a client paid above their share becomes their credit."""
        for charge_id, answer_id in self.plan.touched.items():
            standing = self.books.standings[charge_id]
            amount = posting.overpaid(standing)
            if not amount:
                continue
            standing.client += amount
            standing.paid -= amount
            lines = postings.release(self.books.charges[charge_id], amount)
            draft = Draft(Entry.Kind.APPLY, lines, self.on, memo=self.memo, remittance_claim_id=answer_id)
            self.plan.drafts.append(draft)

    def _provider(self) -> None:
        payer_id, number = self.row.payer_id, self.row.pk
        lines = [
            line
            for one in self.judgment.provider
            for line in posting.provider(one, self.names.of(one.reference), payer_id=payer_id, remittance_id=number)
        ]
        if lines:
            self.plan.drafts.append(Draft(Entry.Kind.PROVIDER, lines, self.on, memo=self.memo))

    def _outcome(self, said: Said) -> Outcome:
        claim_id = said.row.claim_id or 0
        outcome = self.plan.outcomes.setdefault(claim_id, Outcome(claim_id))
        outcome.last = said.row
        return outcome


def _has_money(answer: ChargeAnswer) -> bool:
    """Whether the answer moves money of a charge that none of its lines names."""
    return bool(answer.paid or answer.write_off or answer.patient)
