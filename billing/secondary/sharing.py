"""What an answer posts where a client has more than one payer, as `docs/money.md` says it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from billing.ledger.postings import Posting, about, without_zeros
from billing.models import Account
from billing.remittances import posting
from billing.remittances.posting import ChargeAnswer, Standing
from practice.money import ZERO, total


@dataclass(frozen=True, slots=True)
class Turn:
    """Which payer of the client a claim asks, and who is asked after it.

    `coverage_id` is set for a claim to a later payer; `next_coverage_id` for one to the first, where another follows.
    """

    payer_id: int | None = None
    coverage_id: int | None = None
    next_payer_id: int | None = None
    next_coverage_id: int | None = None


ALONE: Final = Turn()
"""The charge's own insurer, and nobody after it."""


def lines_of(
    answer: ChargeAnswer, standing: Standing, turn: Turn, *, payer_id: int | None, remittance_id: int
) -> list[Posting]:
    """The lines of one charge. `payer_id` is who sent the remittance."""
    if turn.coverage_id is not None:
        lines = _of_later(answer, standing, turn, turn.coverage_id)
    elif turn.next_coverage_id is not None and not answer.is_denied:
        lines = _of_first(answer, standing, turn)
    else:
        return posting.lines_of(answer, standing, payer_id=payer_id, remittance_id=remittance_id)
    paid = replace(about(answer.facts), account=Account.PAYER_CLEARING, amount=answer.paid, payer_id=payer_id)
    return [replace(line, remittance_id=remittance_id) for line in without_zeros([paid, *lines])]


def passed_on(standing: Standing, answer: ChargeAnswer) -> tuple[Decimal, Decimal]:
    """What of a first payer's answer the client keeps, and what the next payer is asked for.

    The client keeps what they have paid already, up to what is left; they are asked for no more until that payer
    decides.
    """
    left = max(answer.patient + answer.onward, ZERO)
    held = standing.asked - standing.client - total(standing.asked_later.values())
    keeps = min(max(held, ZERO), left)
    return keeps, left - keeps


def _of_first(answer: ChargeAnswer, standing: Standing, turn: Turn) -> Sequence[Posting]:
    """The first payer's answer: what it leaves to the client is the next payer's to decide."""
    subjects = about(answer.facts)
    keeps, onward = passed_on(standing, answer)
    moved = keeps - (standing.asked - total(standing.asked_later.values()))
    own = -(answer.paid + answer.write_off + moved + onward)
    return [
        replace(subjects, account=Account.CONTRACTUAL, amount=answer.write_off),
        replace(subjects, account=Account.CLIENT_RECEIVABLE, amount=moved),
        replace(subjects, account=Account.INSURER_RECEIVABLE, amount=own),
        _of_next(replace(subjects, account=Account.INSURER_RECEIVABLE, amount=onward), turn),
    ]


def _of_next(line: Posting, turn: Turn) -> Posting:
    return replace(line, payer_id=turn.next_payer_id, coverage_id=turn.next_coverage_id)


def _of_later(answer: ChargeAnswer, standing: Standing, turn: Turn, coverage_id: int) -> Sequence[Posting]:
    """A later payer's answer settles what was left to it and to the client, and never more.

    What the first payer wrote off is not written off again, nobody is asked for more than is left, and what is paid
    beyond it counts towards what the first payer still refuses.
    """
    subjects = about(answer.facts)
    room = standing.later.get(coverage_id, ZERO) + standing.asked
    share, write_off = _within(answer, standing, room)
    moved = share - standing.asked
    beyond = answer.paid + write_off + share - room
    instead = min(max(beyond, ZERO), max(standing.first, ZERO))
    own = replace(subjects, account=Account.INSURER_RECEIVABLE, amount=-instead)
    later = replace(subjects, payer_id=turn.payer_id, coverage_id=coverage_id)
    return [
        replace(later, account=Account.CONTRACTUAL, amount=write_off),
        replace(subjects, account=Account.CLIENT_RECEIVABLE, amount=moved, coverage_id=coverage_id),
        own,
        replace(later, account=Account.INSURER_RECEIVABLE, amount=instead - answer.paid - write_off - moved),
    ]


def _within(answer: ChargeAnswer, standing: Standing, room: Decimal) -> tuple[Decimal, Decimal]:
    """The client's share and the write-off, as far as they are left; a refusal changes neither."""
    if answer.is_denied:
        return standing.asked, min(answer.write_off, ZERO)
    left = max(room - answer.paid - min(answer.write_off, ZERO), ZERO)
    share = min(max(answer.patient, ZERO), left)
    return share, min(answer.write_off, left - share)
