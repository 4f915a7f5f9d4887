"""What payers do to claims, drawn at random but never against itself, and the answers that tell it in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from hypothesis import strategies as st

from billing.models import Claim, ClaimLine, Request, Submission
from edi.remittances import model as x12
from edi.remittances.reversals import negated
from tests.billing.arrivals.answers import (
    Arrival,
    acknowledgment,
    answer_to,
    keep_as_sent,
    question,
    report,
    ta1,
)
from tests.billing.claim_factories import Bench, answer, file_of, line, plb, remittance

CENTS = st.integers(0, 20_000).map(lambda number: Decimal(number) / 100)
REASONS: Final = ("CO-45", "CO-253", "PR-1", "PR-2", "PR-3", "CO-197", "PR-29", "OA-23", "PI-45", "CO-16", "OA-1")
Parts = list[tuple[Decimal, str]]


@st.composite
def part(draw: Any, amount: Decimal) -> tuple[Decimal, str]:
    """What is paid of an amount, and reasons for the rest, which sum to it exactly."""
    left, reasons = amount, []
    for code in draw(st.lists(st.sampled_from(REASONS), max_size=2, unique=True)):
        cut = min(left, draw(st.sampled_from([left, Decimal("20.00"), Decimal("12.34")])))
        if cut:
            reasons.append(f"{code} {cut}")
            left -= cut
    return left, ",".join(reasons)


@dataclass(frozen=True)
class Life:
    """One claim: its lines and copay, what became of it on the way, and what the payer decided, one after the other."""

    amounts: list[Decimal]
    copay: Decimal
    way: str
    decisions: list[Parts] = field(default_factory=list)
    money: str = ""

    @property
    def is_decided(self) -> bool:
        """Whether the payer answered with money or a denial."""
        return bool(self.decisions)


WAYS: Final = {
    "lost": ([], []),
    "refused by the clearinghouse": (["A3"], []),
    "refused by the payer": (["A1"], ["A7"]),
    "accepted": (["A2"], ["A2"]),
    "received, then accepted": (["A1"], ["A1", "A2"]),
    "refused, then accepted": (["A1"], ["A3", "A2"]),
    "accepted without a word of the clearinghouse": ([], ["A2"]),
    "answered in a way nobody knows, then accepted": (["Q9"], ["Q9", "A2"]),
    "accepted, then answered in a way nobody knows": (["A1"], ["A2", "Q9"]),
    "accepted, then received again": (["A1"], ["A2", "A1"]),
    "silent": ([], []),
}
"""What the clearinghouse and then the payer say of a claim, by what became of it."""

DECIDED: Final = [one for one in WAYS if one not in {"lost", "refused by the clearinghouse", "refused by the payer"}]
MONEY: Final = ("paid", "taken back", "corrected", "corrected in two", "answered twice")


@st.composite
def lives(draw: Any) -> Life:
    """A claim with one or two lines."""
    amounts = draw(st.lists(CENTS.filter(lambda one: one >= 1), min_size=1, max_size=2))
    copay, way = min(draw(CENTS), amounts[0]), draw(st.sampled_from(list(WAYS)))
    if way not in DECIDED or not draw(st.integers(0, 3)):
        return Life(amounts, copay, way)
    money = draw(st.sampled_from(MONEY))
    decisions = [[draw(part(amount)) for amount in amounts] for _ in range(2)]
    if money == "answered twice":
        decisions[0] = [(Decimal(0), f"CO-197 {amount}") for amount in amounts]
    return Life(amounts, copay, way, decisions, money)


@st.composite
def stories(draw: Any) -> list[list[Life]]:
    """One or two files with claims."""
    found: list[list[Life]] = draw(st.lists(st.lists(lives(), min_size=1, max_size=3), min_size=1, max_size=2))
    return found


@dataclass
class Told:
    """A story as it came to be here: its claims, every answer in the order in which it was given, and its payments."""

    bench: Bench = field(repr=False)
    claims: list[Claim] = field(default_factory=list)
    arrivals: list[Arrival] = field(default_factory=list)
    payments: list[x12.Remittance] = field(default_factory=list)
    controls: int = 100

    def next_control(self) -> int:
        """A control number that no answer had."""
        self.controls += 1
        return self.controls


def tell(bench: Bench, story: Sequence[Sequence[Life]]) -> Told:
    """Sends the claims and collects every answer to them."""
    told, decided = Told(bench), []
    for file in story:
        claims = [bench.claim(*life.amounts, copay=life.copay, sent=False) for life in file]
        request = bench.send(*claims)
        keep_as_sent(bench, request)
        told.claims += claims
        sent = list(Submission.objects.filter(request=request).select_related("claim").order_by("pk"))
        told.arrivals += _acknowledged(told, request, file, sent)
        decided += [(claim, life) for claim, life in zip(claims, file, strict=True) if life.is_decided]
    told.payments += _payments(decided)
    for whole in told.payments:
        told.arrivals.append(Arrival(f"835 {whole.trace}", file_of(whole, control=told.next_control())))
    return told


def _acknowledged(told: Told, request: Request, file: Sequence[Life], sent: Sequence[Submission]) -> Iterator[Arrival]:
    """TA1, 999, 277CA of the clearinghouse, those of the payer, and 277."""
    yield ta1(request, "A", control=told.next_control())
    whole = {row.transaction_control for row in sent}
    kept = {row.transaction_control for row, life in zip(sent, file, strict=True) if life.way != "lost"}
    yield acknowledgment(request, whole - kept, control=told.next_control())
    on_the_way = [(row, life) for row, life in zip(sent, file, strict=True) if row.transaction_control in kept]
    said = [(row, WAYS[life.way]) for row, life in on_the_way]
    first = [(row, ways[0][0]) for row, ways in said if ways[0]]
    if first:
        yield report(first, "AY", control=told.next_control(), minute=10)
    for turn in range(2):
        later = [(row, ways[1][turn]) for row, ways in said if len(ways[1]) > turn]
        if later:
            yield report(later, "PR", control=told.next_control(), minute=20 + turn)
    for row, life in on_the_way:
        if life.way not in {"lost", "silent"}:
            yield answer_to(question(row.claim, request), _word(life))


def _word(life: Life) -> str:
    """What the payer answers to a question about it."""
    if life.way.startswith("refused by"):
        return "A3:33"
    return "P1:20" if not life.is_decided else "A2:20"


def _payments(decided: Sequence[tuple[Claim, Life]]) -> Iterator[x12.Remittance]:
    """First answers; what is taken back with what stands in its place; what comes apart from it."""
    first = [_said(claim, life.decisions[0]) for claim, life in decided]
    back, apart = [], []
    for said, (claim, life) in zip(first, decided, strict=True):
        again = _said(claim, life.decisions[1], icn=f"ICN{claim.pk}B")
        if life.money in {"taken back", "corrected", "corrected in two"}:
            back.append(negated(said))
        if life.money == "corrected":
            back.append(again)
        if life.money in {"corrected in two", "answered twice"}:
            apart.append(again)
    lost = -sum((one.paid for one in back), Decimal(0))
    withheld = [plb("WO", -lost, back[0].payer_control_number)] if back and lost > 0 else []
    for number, (answers, plbs) in enumerate(((first, []), (back, withheld), (apart, [])), 1):
        if answers:
            yield remittance(*answers, trace=f"EFT{number:04}", plbs=plbs)


def _said(claim: Claim, parts: Parts, icn: str = "") -> x12.ClaimPayment:
    rows = ClaimLine.objects.filter(claim=claim).order_by("position")
    lines = [line(row, paid, taken) for row, (paid, taken) in zip(rows, parts, strict=True)]
    return answer(claim, sum((one.paid for one in lines), Decimal(0)), lines=lines, icn=icn)
