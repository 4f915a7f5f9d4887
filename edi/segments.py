"""One segment, and the segments of a transaction kept as text until they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from edi.delimiters import Delimiters


class Segment:
    """A segment: its tag and its elements, numbered from 1 as X12 numbers them."""

    __slots__ = ("delimiters", "elements", "tag")

    def __init__(self, elements: list[str], delimiters: Delimiters) -> None:
        """`elements` begins with the tag."""
        self.elements = elements
        self.tag = elements[0]
        self.delimiters = delimiters

    def __getitem__(self, number: int) -> str:
        """Element `number`, or '' when the segment ends before it."""
        try:
            return self.elements[number]
        except IndexError:
            return ""

    def __len__(self) -> int:
        """How many elements stand after the tag."""
        return len(self.elements) - 1

    def part(self, number: int, component: int) -> str:
        """Component `component` of element `number`, or ''."""
        parts = self[number].split(self.delimiters.component)
        return parts[component - 1] if component <= len(parts) else ""

    def parts(self, number: int) -> list[str]:
        """All components of element `number`."""
        return self[number].split(self.delimiters.component)

    def repeats(self, number: int) -> list[str]:
        """The repetitions of element `number`; none when it is empty."""
        value = self[number]
        return value.split(self.delimiters.repetition) if value else []

    def __str__(self) -> str:
        """The segment as it stood in the file, without its terminator."""
        return self.delimiters.element.join(self.elements)

    def __repr__(self) -> str:
        return f"Segment({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Segment) and self.elements == other.elements

    def __hash__(self) -> int:
        return hash(tuple(self.elements))


class Segments(Sequence[Segment]):
    """The segments of a transaction as text, split one at a time, so that a large file stays small in memory."""

    __slots__ = ("delimiters", "texts")

    def __init__(self, texts: list[str], delimiters: Delimiters) -> None:
        self.texts = texts
        self.delimiters = delimiters

    def __len__(self) -> int:
        return len(self.texts)

    def __iter__(self) -> Iterator[Segment]:
        delimiters, mark = self.delimiters, self.delimiters.element
        for text in self.texts:
            yield Segment(text.split(mark), delimiters)

    @overload
    def __getitem__(self, index: int) -> Segment: ...
    @overload
    def __getitem__(self, index: slice) -> Segments: ...
    def __getitem__(self, index: int | slice) -> Segment | Segments:
        if isinstance(index, slice):
            return Segments(self.texts[index], self.delimiters)
        return Segment(self.texts[index].split(self.delimiters.element), self.delimiters)
