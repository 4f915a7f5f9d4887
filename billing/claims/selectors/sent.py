"""The part of a file as it was sent that is about one claim, each segment with what it says in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db.models import Q

from billing.models import Submission
from clients.diagnoses import written
from edi.errors import UnreadableError
from edi.reading import read
from edi.segments import Segment
from practice import files
from practice.templatetags.caseload import money


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a segment: a value of this claim, or what only holds the segment together."""

    text: str
    is_value: bool


@dataclass(frozen=True, slots=True)
class SentSegment:
    """A segment as it stood in the file, and its meaning; nothing where it only holds the file together."""

    tag: str
    pieces: list[Piece]
    words: str

    @property
    def rest(self) -> str:
        """What stands after the tag, as it was sent."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a claim stood when it was sent the last time."""

    submission: Submission
    position: int
    of: int
    segments: list[SentSegment]


_WHO: Final = {
    "85": "Billed by the practice",
    "87": "Pay to this address",
    "IL": "Insured person and member ID",
    "QC": "The client, who is not the insured person",
    "PR": "The payer and its ID",
    "82": "Treated by",
    "DQ": "Supervised by",
    "77": "Where the session took place",
}
_FREQUENCY: Final = {"1": "first submission", "7": "replacement of an earlier claim", "8": "void of an earlier claim"}
_REFERENCES: Final = {
    "EI": "The practice’s EIN",
    "G1": "Authorization number",
    "F8": "The payer’s number of the claim this one replaces",
    "6R": "Our line number; the payer returns it with the money",
    "SY": "Social Security number",
}
_DATES: Final = {"472": "Date of service"}
_VALUES: Final[Mapping[str, frozenset[int]]] = {
    "NM1": frozenset({3, 4, 5, 9}),
    "SBR": frozenset({3}),
    "N3": frozenset({1, 2}),
    "N4": frozenset({1, 2, 3}),
    "DMG": frozenset({2, 3}),
    "CLM": frozenset({1, 2, 5}),
    "HI": frozenset(range(1, 13)),
    "PRV": frozenset({3}),
    "SV1": frozenset({1, 2, 4}),
    "DTP": frozenset({3}),
    "REF": frozenset({2}),
}
"""The elements of a segment that carry a fact of the claim."""
_QUALIFIED: Final = frozenset({"HI", "SV1"})
"""Here a composite begins with the qualifier of its values."""


def sent(claim_id: int) -> Sent | None:
    """The last sending of a claim; None when it never left. Four queries and one stored file."""
    rows = Submission.objects.filter(claim=claim_id).select_related("request__file", "request__connection")
    submission = rows.order_by("-pk").first()
    if submission is None:
        return None
    others = Submission.objects.filter(request=submission.request_id)
    same = Q(transaction_control=submission.transaction_control, first_segment__lte=submission.first_segment)
    before = others.filter(Q(transaction_control__lt=submission.transaction_control) | same)
    return Sent(submission, before.count(), submission.request.claim_count, _segments(submission))


def _segments(submission: Submission) -> list[SentSegment]:
    try:
        interchanges = read(files.read(submission.request.file))
    except UnreadableError:
        return []
    for interchange in interchanges:
        for one in interchange.transactions:
            if one.control == submission.transaction_control:
                part = one.segments[submission.first_segment - 1 : submission.last_segment]
                return [explained(segment) for segment in part]
    return []


def explained(segment: Segment) -> SentSegment:
    """A segment with what it says in words."""
    say = _WORDS.get(segment.tag)
    return SentSegment(segment.tag, list(_pieces(segment)), say(segment) if say else "")


def _pieces(segment: Segment) -> Iterator[Piece]:
    """Element by element: the separator, then what stands there."""
    element, component = segment.delimiters.element, segment.delimiters.component
    values = _VALUES.get(segment.tag, frozenset())
    for number in range(1, len(segment) + 1):
        before, text = element, segment[number]
        if segment.tag in _QUALIFIED and component in text:
            qualifier, _, text = text.partition(component)
            before += qualifier + component
        yield Piece(before, is_value=False)
        if text:
            yield Piece(text, is_value=number in values)
    yield Piece("~", is_value=False)


def _name(segment: Segment) -> str:
    who = _WHO.get(segment[1], "")
    name = " ".join(part for part in (segment[4], segment[3]) if part).title()
    return f"{who}: {name}" if segment[1] in {"82", "DQ", "QC", "77"} else who


def _claim(segment: Segment) -> str:
    how = _FREQUENCY.get(segment.part(5, 3), "")
    return f"Claim {segment[1]} for {_dollars(segment[2])}, place of service {segment.part(5, 1)}, {how}"


def _diagnoses(segment: Segment) -> str:
    codes = [segment.part(number, 2) for number in range(1, len(segment) + 1)]
    if not codes:
        return "No diagnosis"
    return f"Main diagnosis {written(codes[0])}" + (f", also {', '.join(map(written, codes[1:]))}" if codes[1:] else "")


def _service(segment: Segment) -> str:
    parts = segment.parts(1)
    marks = f" with {', '.join(parts[2:])}" if parts[2:] else ""
    units = f"{segment[4]} unit" + ("" if segment[4] == "1" else "s")
    return f"{parts[1]}{marks}, {units}, {_dollars(segment[2])}"


def _dollars(text: str) -> str:
    return money(Decimal(text)) if text else "no amount"


def _subscriber(segment: Segment) -> str:
    rank = {"P": "Primary", "S": "Secondary"}.get(segment[1], "Further")
    whose = "the client’s own plan" if segment[2] == "18" else "somebody else’s plan"
    group = f", group {segment[3]}" if segment[3] else ""
    return f"{rank} coverage, {whose}{group}"


_WORDS: Final[Mapping[str, Callable[[Segment], str]]] = {
    "NM1": _name,
    "CLM": _claim,
    "HI": _diagnoses,
    "SV1": _service,
    "SBR": _subscriber,
    "PRV": lambda segment: f"Taxonomy {segment[3]}",
    "HL": lambda segment: "Whose plan it is" if segment[3] == "22" else "The client" if segment[3] == "23" else "",
    "N3": lambda _: "Street",
    "N4": lambda _: "City, state and ZIP",
    "LX": lambda segment: f"Line {segment[1]}",
    "DTP": lambda segment: _DATES.get(segment[1], ""),
    "REF": lambda segment: _REFERENCES.get(segment[1], ""),
    "DMG": lambda _: "Date of birth and sex, as the insurer has them",
}
