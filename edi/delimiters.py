"""The four separators of an interchange, learned from its ISA segment (005010 Appendix B.1.1.2.5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from edi.errors import UnreadableError, X12Error

ISA_ELEMENTS: Final = 16
ISA_LENGTH: Final = 106
HEADER_WINDOW: Final = 400
USUAL_COMPONENT: Final = ":"
USUAL_REPETITION: Final = "^"


@dataclass(frozen=True, slots=True)
class Delimiters:
    """The characters that separate elements, components, repetitions and segments."""

    element: str = "*"
    component: str = USUAL_COMPONENT
    repetition: str = USUAL_REPETITION
    segment: str = "~"

    def __post_init__(self) -> None:
        """Refuse separators that could be mistaken for data or for each other."""
        marks = (self.element, self.component, self.repetition, self.segment)
        if any(len(mark) != 1 or mark.isalnum() or mark == " " for mark in marks):
            raise X12Error("Each separator is one character that is neither a letter, a digit nor a blank.")
        if len(set(marks)) != len(marks):
            raise X12Error("The four separators must differ from each other.")

    def __iter__(self) -> Iterator[str]:
        """The four characters, in the order element, component, repetition, segment."""
        return iter((self.element, self.component, self.repetition, self.segment))


def learn(header: str) -> Delimiters:
    """The separators that a text beginning with ISA uses; raises UnreadableError when they cannot be told.

    They are found by counting sixteen elements, so an ISA that is not padded to 106 characters still reads.
    """
    window = header[:HEADER_WINDOW]
    if "\n" in window[: ISA_LENGTH - 1]:
        window = window.replace("\r", "").replace("\n", "")
    fields = window.split(window[3:4] or "*", ISA_ELEMENTS)
    if len(fields) <= ISA_ELEMENTS:
        raise UnreadableError("The ISA segment has fewer than 16 elements, so the file cannot be split.", 1, "ISA")
    component, segment = _closing(fields[ISA_ELEMENTS])
    return _distinct(window[3], component, _repetition(fields[11]), segment)


def _closing(tail: str) -> tuple[str, str]:
    """The component separator and the segment terminator, from what follows the sixteenth element separator."""
    if len(tail) > 1 and not tail[0].isalnum() and not tail[1].isalnum():
        return tail[0], tail[1]
    if tail[:1] != USUAL_COMPONENT and (tail[1:3] == "GS" or tail[1:4] in {"TA1", "IEA"}):
        return USUAL_COMPONENT, tail[0]
    raise UnreadableError("The ISA segment does not end with a segment terminator.", 1, "ISA")


def _repetition(isa11: str) -> str:
    """ISA11 as a separator; 004010 files say U there and have none."""
    mark = isa11[:1]
    return USUAL_REPETITION if not mark or mark.isalnum() or mark == " " else mark


def _distinct(element: str, component: str, repetition: str, segment: str) -> Delimiters:
    """The separators, with a stand-in for a repetition mark that repeats another one."""
    if repetition in {element, component, segment}:
        repetition = next(mark for mark in "^`|\x1f\x1e" if mark not in {element, component, segment})
    try:
        return Delimiters(element, component, repetition, segment)
    except X12Error as error:
        raise UnreadableError(f"The ISA segment names unusable separators. {error}", 1, "ISA") from error
