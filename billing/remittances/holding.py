"""Why a remittance waits for a person. Judged anew whenever something about it changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Final

from django.db.models import Q, QuerySet

from billing.models import ProviderAdjustment, Remittance, RemittanceClaim
from billing.remittances import reversals
from billing.remittances.loading import Said, as_remittance, load
from billing.remittances.words import money
from billing.secondary.crossing import early
from edi.codes.plb import PlbTreatment, plb_reasons
from edi.remittances.balancing import balance
from edi.remittances.model import PREDETERMINATION
from practice import states
from practice.actors import Actor
from practice.models import PracticeSettings

DOUBTFUL: Final = "doubtful"
TAKEN_BACK: Final = "taken_back"
STAYS: Final = frozenset({DOUBTFUL, "fractions", TAKEN_BACK})
"""What was found when the file was read, or a person said, and cannot be asked of the rows again."""

_MOST: Final = 5
_ASKS: Final = frozenset({PlbTreatment.NOT_EXPECTED.value, PlbTreatment.LEVY.value})


@dataclass(frozen=True, slots=True)
class Hold:
    """One reason to wait; `may_accept` says whether a person may let it go as it is."""

    code: str
    words: str
    may_accept: bool = False


@dataclass(slots=True)
class Judgment:
    """What was looked at, why it must wait, which earlier answer each reversal takes back, and which others stand."""

    said: list[Said]
    provider: list[ProviderAdjustment]
    holds: list[Hold] = field(default_factory=list)
    originals: dict[int, Said] = field(default_factory=dict)
    standing: dict[int, list[Said]] = field(default_factory=dict)


def judge(row: Remittance, said: list[Said] | None = None) -> Judgment:
    """Looks at everything a saved remittance says, in a constant number of statements; `said` where it is loaded."""
    provider = list(ProviderAdjustment.objects.filter(remittance=row).order_by("position"))
    judgment = Judgment(load(row) if said is None else said, provider)
    accepted = {one["code"] for one in row.accepted}
    found = reversals.find([one for one in judgment.said if one.row.is_reversal and one.row.claim_id])
    judgment.originals, judgment.standing = found.originals, found.standing
    holds = [*_holds(row, judgment), *(Hold("reversal", words) for words in found.refused)]
    judgment.holds = [hold for hold in holds if not (hold.may_accept and hold.code in accepted)]
    return judgment


def settle(row: Remittance, holds: Sequence[Hold], *, actor: Actor, reason: str = "") -> None:
    """Writes the reasons down and moves the remittance to held or ready."""
    row.held_for = [asdict(hold) for hold in holds]
    row.save(update_fields=["held_for"])
    wanted = Remittance.Status.HELD if holds else Remittance.Status.READY
    if row.status != wanted:
        states.transition(row, wanted, actor=actor, reason=(reason or (holds[0].words if holds else ""))[:300])


def judge_again(row: Remittance, *, actor: Actor) -> None:
    """Judges a remittance that is held or ready, after something about it or around it changed."""
    if row.status in {Remittance.Status.HELD, Remittance.Status.READY}:
        settle(row, judge(row).holds, actor=actor)


def _holds(row: Remittance, judgment: Judgment) -> Iterator[Hold]:
    yield from (Hold(one["code"], one["words"], one["may_accept"]) for one in row.held_for if one["code"] in STAYS)
    yield from _payee(row)
    yield from _same_trace(row, judgment.said)
    yield from _unbalanced(row, judgment)
    yield from _unmatched([one.row for one in judgment.said])
    yield from _second_first(row, judgment.said)
    yield from _lines(judgment.said)
    yield from _estimates(judgment.said)
    yield from _provider(judgment.provider)


def _payee(row: Remittance) -> Iterator[Hold]:
    """Whether it was paid to us, by NPI or tax number."""
    settings = PracticeSettings.objects.first()
    npi, ein = (settings.npi, _digits(str(settings.ein))) if settings else ("", "")
    if not npi and not ein:
        words = "The practice has neither NPI nor EIN in Settings, so nobody can tell whether this was paid to it."
        yield Hold("payee", words, may_accept=True)
    elif not (npi and row.payee_npi == npi) and not (ein and _digits(row.payee_tax_id) == ein):
        number = row.payee_npi or row.payee_tax_id or "no number"
        yield Hold("payee", f"This was paid to {row.payee_name or 'somebody'} ({number}), not to you.", may_accept=True)


def _same_trace(row: Remittance, said: Sequence[Said]) -> Iterator[Hold]:
    """Another remittance with the same check number and other content.

    Payments of nothing share numbers: there only the same answers in another order are one. Paper does not say who
    TRN03 is: there the payer and the number decide, on either side.
    """
    if not row.trace:
        return
    same = Q(originator=row.originator, payee_npi=row.payee_npi)
    if row.payer_id is not None:
        paper = Q() if row.source == Remittance.Source.PAPER else Q(source=Remittance.Source.PAPER)
        same |= paper & Q(payer=row.payer_id)
    twins = Remittance.objects.filter(same, trace=row.trace)
    others = twins.filter(pk__lt=row.pk) if row.pk else twins
    kept = [one for one in others if bool(one.amount) == bool(row.amount) and one.status != Remittance.Status.DUPLICATE]
    if not row.amount:
        kept = _alike(row, said, kept)
    if any(one.content_hash == row.content_hash for one in kept):
        yield Hold("set_aside_before", "The same remittance was set aside before.", may_accept=True)
    elif kept:
        first = f"{money(kept[0].amount)} under this number arrived before"
        words = f"Another remittance of {first}, with other content. Compare them before posting this one."
        yield Hold("same_trace", words, may_accept=True)


def _alike(row: Remittance, said: Sequence[Said], others: Sequence[Remittance]) -> list[Remittance]:
    """Those with the same answers, in whatever order; no statement where none has as many."""
    others = [one for one in others if one.claim_count == row.claim_count]
    found: dict[int, Counter[tuple[object, ...]]] = {one.pk: Counter() for one in others}
    columns = ("number", "payer_control_number", "status_code", "charge", "paid", "patient_responsibility")
    for pk, *facts in _rows_of(found).values_list("remittance_id", *columns):
        found[pk][tuple(facts)] += 1
    own = Counter(tuple(getattr(one.row, column) for column in columns) for one in said)
    return [one for one in others if found[one.pk] == own]


def _rows_of(ids: Collection[int]) -> QuerySet[RemittanceClaim]:
    rows = RemittanceClaim.objects.all()
    return rows.filter(remittance__in=list(ids)) if ids else rows.none()


def _unbalanced(row: Remittance, judgment: Judgment) -> Iterator[Hold]:
    wrong = balance(as_remittance(row, judgment.said, judgment.provider))
    for one in wrong[:_MOST]:
        yield Hold("unbalanced", f"It does not add up. {one.words}")
    if len(wrong) > _MOST:
        yield Hold("unbalanced", f"{len(wrong) - _MOST} more sums do not add up.")


def _unmatched(rows: Iterable[RemittanceClaim]) -> Iterator[Hold]:
    free = [row for row in rows if row.match == RemittanceClaim.Match.NONE]
    if free:
        named = _few([row.number or f"claim {row.position}" for row in free])
        one = len(free) == 1
        what = "1 claim matches" if one else f"{len(free)} claims match"
        act = "Match it or say that it is not yours." if one else "Match them or say that they are not yours."
        yield Hold("unmatched", f"{what} no claim of yours: {named}. {act}")


def _second_first(row: Remittance, said: Iterable[Said]) -> Iterator[Hold]:
    """The next payer's answer to a claim that the first one passed on, whose own answer is not posted yet."""
    found = early(row, [one.row for one in said])
    if found:
        named = _few([one.number or f"claim {one.position}" for one in found])
        yield Hold("second_first", f"The next payer answered before the first one’s answer was posted: {named}.")


def _lines(said: Iterable[Said]) -> Iterator[Hold]:
    """Lines of matched claims that fit no charge; a reversal needs none, it repeats what was posted."""
    matched = [one for one in said if one.row.claim_id and not one.row.is_reversal]
    free = [(one.row, line.row) for one in matched for line in one.lines if line.row.charge_id is None]
    if free:
        named = _few([f"{line.code or 'a line'} of {row.number or row.position}" for row, line in free])
        yield Hold("lines", f"These lines fit no line you sent: {named}. Say which session each belongs to.")


def _estimates(said: Iterable[Said]) -> Iterator[Hold]:
    if any(one.row.status_code == PREDETERMINATION and one.row.paid for one in said):
        yield Hold("estimate", "A claim is called an estimate (predetermination) and yet is paid. Ask the payer.")


def _provider(rows: Iterable[ProviderAdjustment]) -> Iterator[Hold]:
    for row in rows:
        if row.treatment in _ASKS and row.amount:
            known = plb_reasons().get(row.reason)
            meaning = known.meaning if known else "not in the code list"
            words = f"The payer adjusted the payment by {money(-row.amount)} ({row.reason}: {meaning})."
            yield Hold(f"plb_{row.reason}", f"{words} Let it go to post it to the payer's balance.", may_accept=True)


def _few(names: Collection[str]) -> str:
    shown = list(dict.fromkeys(names))
    rest = f" and {len(shown) - _MOST} more" if len(shown) > _MOST else ""
    return f"{', '.join(shown[:_MOST])}{rest}"


def _digits(number: str) -> str:
    return "".join(filter(str.isdigit, number))
