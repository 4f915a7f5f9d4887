"""Writing envelopes: ISA (exactly 106 bytes), GS, ST … SE with counts, GE, IEA. Data is cleaned, never escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from edi.characters import allowed, clean
from edi.dates import format_date, format_short, format_time
from edi.delimiters import Delimiters
from edi.envelope import Envelope
from edi.errors import X12Error

Part = str | tuple[str, ...]
"""An element: text, or a tuple of its components."""

Elements = tuple[Part, ...]
"""A segment to write: its tag, then its elements."""

WITH_COMPONENTS: Final = frozenset(
    {"CLM", "HI", "SV1", "SV2", "SVD", "SVC", "PLB", "STC", "IK4", "CTX", "EQ", "EB", "MIA"}
)
"""The segments that may hold composites; any other is joined as it is, which is faster, and refuses a tuple."""

INTERCHANGE_VERSION: Final = "00501"
MAX_INTERCHANGE_CONTROL: Final = 999_999_999


class SegmentWriter:
    """Makes segments: `segment("SV1", ("HC", "90834", "95"), "150", "UN", "1")`; drops empty elements at the end."""

    __slots__ = ("_component", "_element", "_end", "_fine", "_loose", "delimiters")

    def __init__(self, delimiters: Delimiters) -> None:
        element, component, end = delimiters.element, delimiters.component, delimiters.segment
        self.delimiters = delimiters
        self._element, self._component, self._end = element, component, end
        self._fine = "".join(sorted(allowed(delimiters))).encode()
        self._loose = (f" {element}", f"{element} ", f" {end}", f"{component}{element}", f"{component}{end}")

    def __call__(self, *parts: Part) -> str:
        """One segment with its terminator, its elements cleaned."""
        return self.block([parts])

    def block(self, segments: Sequence[Elements]) -> str:
        """Several segments; they are cleaned one element at a time only when the whole shows that one needs it."""
        joined, components = [], 0
        for parts in segments:
            if parts[0] in WITH_COMPONENTS:
                text, inside = self._joined(parts)
                components += inside
                joined.append(text)
            else:
                joined.append(self._element.join(parts))  # type: ignore[arg-type] # see WITH_COMPONENTS
        text = f"{self._end.join(joined)}{self._end}".upper()
        if not self._is_clean(text, sum(map(len, segments)) - len(segments), components, len(segments)):
            text = "".join([self._cleaned(parts) for parts in segments])
        return self._shortened(text)

    def _joined(self, parts: Elements) -> tuple[str, int]:
        """The elements with their components joined, and how many separators of components that took."""
        join = self._component.join
        text = self._element.join([part if part.__class__ is str else join(part) for part in parts])
        return text, sum([len(part) - 1 for part in parts if part.__class__ is tuple])

    def _is_clean(self, text: str, elements: int, components: int, segments: int) -> bool:
        """Whether nothing but allowed characters and exactly the separators that were put there stand in the text."""
        if not text.isascii():
            return False
        marks = text.encode().translate(None, self._fine).decode()
        if len(marks) != elements + components + segments or marks.count(self._element) != elements:
            return False
        if marks.count(self._component) != components or marks.count(self._end) != segments:
            return False
        before, after, at_end, unfinished, unended = self._loose
        return not (before in text or after in text or at_end in text or unfinished in text or unended in text)

    def _cleaned(self, parts: Elements) -> str:
        """One segment, each element cleaned by itself."""
        return self._element.join([self._cleaned_part(part) for part in parts]) + self._end

    def _cleaned_part(self, part: Part) -> str:
        """One element, cleaned."""
        if isinstance(part, str):
            return clean(part, self.delimiters)
        return self._component.join([clean(component, self.delimiters) for component in part]).rstrip(self._component)

    def _shortened(self, text: str) -> str:
        """The segments without empty elements at their ends."""
        empty = f"{self._element}{self._end}"
        while empty in text:
            text = text.replace(empty, self._end)
        return text


@dataclass(frozen=True, slots=True)
class Block:
    """Segments made already: their text and how many they are."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class OutTransaction:
    """One transaction to write: its set (835, 999, ...), ST02, ST03 and the segments between ST and SE."""

    set_id: str
    control: str
    version: str
    body: Iterable[Elements | Block]


@dataclass(frozen=True, slots=True)
class OutGroup:
    """One functional group to write: GS01 (HC, HP, FA, HN), GS06, GS08 and its transactions."""

    functional_id: str
    control: int
    version: str
    transactions: Iterable[OutTransaction]


def write(
    envelope: Envelope,
    *,
    control: int,
    made_at: datetime,
    groups: Iterable[OutGroup],
    tas: Iterable[Elements] = (),
) -> bytes:
    """An interchange as bytes; `tas` are TA1 segments, which stand between ISA and the first GS."""
    segment = SegmentWriter(envelope.delimiters)
    lines = [header(envelope, control, made_at), *(segment(*ta) for ta in tas)]
    count = 0
    for group in groups:
        lines.extend(write_group(envelope, group, made_at, segment))
        count += 1
    lines.append(segment("IEA", str(count), f"{control:09}"))
    return "".join(lines).encode("ascii")


def header(envelope: Envelope, control: int, made_at: datetime) -> str:
    """ISA, exactly 106 characters with its terminator; raises X12Error when an identifier does not fit."""
    if not 0 < control <= MAX_INTERCHANGE_CONTROL:
        raise X12Error(f"The interchange control number {control} does not fit into nine digits.")
    marks = envelope.delimiters
    if not "".join(marks).isascii():
        raise X12Error("A separator is not an ASCII character, and could not be sent.")
    fields = ["ISA", "00", " " * 10, "00", " " * 10]
    fields += [_fixed(envelope.sender_qualifier, 2, marks), _fixed(envelope.sender, 15, marks)]
    fields += [_fixed(envelope.receiver_qualifier, 2, marks), _fixed(envelope.receiver, 15, marks)]
    fields += [format_short(made_at), format_time(made_at), marks.repetition, INTERCHANGE_VERSION, f"{control:09}"]
    fields += ["1" if envelope.acknowledgment_wanted else "0", envelope.usage, marks.component]
    return marks.element.join(fields) + marks.segment


def _fixed(text: str, width: int, marks: Delimiters) -> str:
    """An identifier of the ISA, cleaned and padded to its width."""
    kept = clean(text, marks)
    if len(kept) > width:
        raise X12Error(f"“{text}” is longer than the {width} characters that the ISA has for it.")
    return kept.ljust(width)


def write_group(envelope: Envelope, group: OutGroup, made_at: datetime, segment: SegmentWriter) -> Iterator[str]:
    """GS … GE."""
    sender, receiver = envelope.group_sender or envelope.sender, envelope.group_receiver or envelope.receiver
    when = (format_date(made_at), format_time(made_at))
    yield segment("GS", group.functional_id, sender, receiver, *when, str(group.control), "X", group.version)
    count = 0
    for transaction in group.transactions:
        yield from write_transaction(transaction, segment)
        count += 1
    yield segment("GE", str(count), str(group.control))


def write_transaction(transaction: OutTransaction, segment: SegmentWriter) -> Iterator[str]:
    """ST … SE; SE01 counts both."""
    yield segment("ST", transaction.set_id, transaction.control, transaction.version)
    count = 2
    for line in transaction.body:
        if isinstance(line, Block):
            yield line.text
            count += line.count
        else:
            yield segment(*line)
            count += 1
    yield segment("SE", str(count), transaction.control)
