"""A 271 as it came, segment by segment, each with what it says in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from billing.eligibility.estimating import percent
from billing.eligibility.words import type_words
from edi.codes.eligibility import benefit_information, benefit_periods, reject_reasons
from edi.dates import parse_date
from edi.eligibility import reading_answers
from edi.eligibility.benefit import Benefit
from edi.errors import X12Error
from edi.interchanges import Transaction
from edi.reading import read
from edi.segments import Segment
from practice.templatetags._words import money

_MOST: Final = 2000
_WHO: Final = {
    "PR": "The payer",
    "2B": "A third party that administers",
    "1P": "The practice that asked",
    "IL": "The insured person",
    "03": "The client, who is not the insured person",
    "P3": "The primary care provider",
    "GP": "The gateway that answered",
}
_LEVELS: Final = {"20": "The payer", "21": "Who asked", "22": "The insured person", "23": "The client"}
_DATES: Final = {
    "291": "Plan",
    "307": "Eligibility",
    "346": "Plan begins",
    "347": "Plan ends",
    "348": "Benefit begins",
    "349": "Benefit ends",
    "356": "Eligibility begins",
    "357": "Eligibility ends",
}
_NETWORKS: Final = {"Y": "in network", "N": "out of network", "W": "in and out of network"}
_COVERED: Final = {"IND": "for the client alone", "FAM": "for the family"}


@dataclass(frozen=True, slots=True)
class RawSegment:
    """A segment as it stood, and its meaning; nothing where it only holds the file together."""

    tag: str
    rest: str
    words: str


def segments(content: bytes) -> list[RawSegment]:
    """Every segment of what came back, the envelope included in none; empty where nothing can be read."""
    try:
        interchanges = list(read(content.replace(b"\0", b" "))) if content else []
    except X12Error:
        return []
    found = [one for interchange in interchanges for one in interchange.transactions]
    return [line for one in found for line in _of(one)][:_MOST]


def _of(transaction: Transaction) -> list[RawSegment]:
    benefits = _benefits(transaction) if transaction.set_id == "271" else {}
    return [_said(segment, benefits.get(number)) for number, segment in enumerate(transaction.segments, 1)]


def _benefits(transaction: Transaction) -> dict[int, Benefit]:
    """The EB by their numbers, counted from ST as 1."""
    found: dict[int, Benefit] = {}
    for payer in reading_answers.read(transaction).payers:
        for receiver in payer.receivers:
            for subscriber in receiver.subscribers:
                for member in (subscriber.member, *subscriber.dependents):
                    found |= {one.segment: one for one in member.benefits}
    return found


def _said(segment: Segment, benefit: Benefit | None) -> RawSegment:
    element = segment.delimiters.element
    rest = element + element.join(segment[place] for place in range(1, len(segment) + 1)) + "~"
    if benefit is not None:
        return RawSegment(segment.tag, rest, benefit_words(benefit))
    say = _WORDS.get(segment.tag)
    return RawSegment(segment.tag, rest, say(segment) if say else "")


def benefit_words(one: Benefit) -> str:
    """`Copay; a fixed amount per visit: $25.00, a visit, mental health (MH), in network`."""
    amount = money(one.amount) if one.amount is not None else ""
    share = percent(one.share) if one.share is not None else ""
    quantity = f"{one.quantity.normalize():f}" if one.quantity is not None else ""
    period = benefit_periods().get(one.period)
    types = ", ".join(type_words(code) for code in one.service_types)
    authorization = "authorization needed" if one.authorization == "Y" else ""
    parts = [
        amount or share,
        quantity,
        period.meaning.lower() if period else "",
        _COVERED.get(one.coverage_level, ""),
        types,
        _NETWORKS.get(one.network, ""),
        authorization,
        one.plan,
    ]
    known = benefit_information().get(one.information)
    head = known.meaning if known else one.words
    said = ", ".join(part for part in parts if part)
    return f"{head}: {said}" if said else head


def _name(segment: Segment) -> str:
    name = " ".join(part for part in (segment[4], segment[3]) if part)
    who = _WHO.get(segment[1], "Somebody named")
    return f"{who}: {name}" if name else who


def _reject(segment: Segment) -> str:
    known = reject_reasons().get(segment[3])
    return f"Not answered: {known.meaning}" if known else f"Not answered, reason {segment[3]}"


def _dated(segment: Segment) -> str:
    """`Plan begins Jan 1, 2026`; what is no date is shown as it came."""
    try:
        days = [parse_date(text) for text in segment[3].split("-")]
    except X12Error:
        return f"{_DATES.get(segment[1], 'Date')} {segment[3]}"
    said = " to ".join(f"{day:%b} {day.day}, {day.year}" for day in days)
    return f"{_DATES.get(segment[1], 'Date')} {said}"


_WORDS: Final[Mapping[str, Callable[[Segment], str]]] = {
    "NM1": _name,
    "AAA": _reject,
    "HL": lambda segment: _LEVELS.get(segment[3], ""),
    "TRN": lambda segment: "Our number for the question" if segment[1] == "2" else "A number of the payer’s",
    "DMG": lambda _: "Date of birth and sex",
    "DTP": _dated,
    "REF": lambda segment: f"{'Group number' if segment[1] == '6P' else 'A number'} {segment[2]}",
    "N3": lambda _: "Street",
    "N4": lambda _: "City, state and ZIP",
    "PER": lambda _: "Whom to ask",
    "MSG": lambda _: "Free text of the payer",
    "III": lambda segment: f"Only at place of service {segment[2]}" if segment[1] == "ZZ" else "",
    "HSD": lambda _: "How much of it, and how often",
    "INS": lambda _: "Who the client is to the insured person",
    "LS": lambda _: "Who else has to do with it",
}
