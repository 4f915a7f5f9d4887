"""Makes the mutants of a file from the segment table: every element and every segment, one change at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from edi.claims.rows import Element
from edi.delimiters import Delimiters
from edi.segments import Segment
from tests.edi.mutations import verdicts
from tests.edi.mutations.places import ENVELOPE, Place, places_of

MARKS = Delimiters()

WRONG = {
    "N0": "X", "R": "X", "DT": "20261399", "D6": "261399", "TM": "9999", "RD": "20261399", "TAXONOMY": "10-YM0800X",
    "TAX": "ABCDEFGHI", "ZIP": "ABCDE", "STATE": "ZZ", "POS": "98", "DX": "4111", "PROC": "9O834", "MOD": "#1",
    "CARC": "999", "AN": "\x07\x07\x07\x07",
}  # fmt: skip
"""For each kind a value of another form; NPI and codes are changed by hand of the generator."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed file, where it was changed, and whether it is another valid file.

    `landed` is the number of the segment where a moved one now stands.
    """

    name: str
    content: bytes
    place: Place
    valid: bool
    landed: int


class Mutants:
    """The mutants of one file."""

    def __init__(self, content: bytes) -> None:
        self.texts = content.decode().split("~")[:-1]
        self.places = places_of([Segment(text.split("*"), MARKS) for text in self.texts])

    def __iter__(self) -> Iterator[Mutant]:
        for place in self.places:
            yield from self._segment(place)
            for number, element in enumerate(place.row.elements, 1):
                yield from self._element(place, number, element)
        yield from self._swapped()

    def _file(self, texts: list[str], name: str, place: Place, *, valid: bool, landed: int = 0) -> Mutant:
        """A mutant with SE01 put right, so that the count does not give the change away."""
        counted, begins = list(texts), 0
        for at, text in enumerate(counted):
            if text.startswith("ST*"):
                begins = at
            elif text.startswith("SE*") and place.tag not in {"SE", "ST"}:
                counted[at] = f"SE*{at - begins + 1}*{text.split('*')[2]}"
        content = "".join(f"{text}~" for text in counted).encode("latin-1")
        return Mutant(f"{place.at + 1} {place.segment} {name}", content, place, valid, landed or place.number)

    def _segment(self, place: Place) -> Iterator[Mutant]:
        """Drop and repeat a segment; move it to the head and to the end of its transaction."""
        at, texts = place.at, self.texts
        rest = texts[:at] + texts[at + 1 :]
        yield self._file(rest, "dropped", place, valid=verdicts.may_be_dropped(place))
        twice = texts[: at + 1] + texts[at:]
        yield self._file(twice, "repeated", place, valid=verdicts.may_be_repeated(place))
        if place.tag in {*ENVELOPE, "ST", "SE"}:
            return
        begins = at - place.number + 1
        ends = next(number for number in range(at, len(texts)) if texts[number].startswith("SE*"))
        last = next(other for other in self.places if other.at == ends - 1)
        if place.number > 2:
            yield self._file(
                [*rest[: begins + 1], texts[at], *rest[begins + 1 :]], "put first", place, valid=False, landed=2
            )
        if last is not place:
            moved = [*rest[: ends - 1], texts[at], *rest[ends - 1 :]]
            valid = verdicts.may_be_last(place, last)
            yield self._file(moved, "put last", place, valid=valid, landed=ends - begins)

    def _swapped(self) -> Iterator[Mutant]:
        """Each segment changes places with the next."""
        for place, following in pairwise(self.places):
            at, texts = place.at, self.texts
            if texts[at] != texts[at + 1]:
                swapped = [*texts[:at], texts[at + 1], texts[at], *texts[at + 2 :]]
                yield self._file(swapped, "swapped", place, valid=verdicts.may_be_swapped(place, following))

    def _element(self, place: Place, number: int, element: Element) -> Iterator[Mutant]:
        """Drop, empty, lengthen and replace an element and its parts; break what others must agree with."""
        text = place.segment[number]
        elements = place.segment.elements[1:]
        if not text:
            if element.kind == "-" and number <= len(elements):
                yield self._with(place, number, "X", "filled", valid=False)
            return
        if place.tag == "ISA":
            yield self._with(place, number, "", "emptied", valid=False)
        elif number > 1 or place.tag not in ENVELOPE:
            valid = verdicts.may_be_empty(place, element, number)
            yield self._with(place, number, "", f"{number:02} emptied", valid=valid)
        shifted = elements[: number - 1] + elements[number:]
        valid = place.tag != "ISA" and verdicts.is_valid(place, shifted)
        yield self._changed(place, shifted, f"{number:02} left out", valid=valid)
        if element.parts:
            yield from self._parts(place, number, element, text.split(":"))
        else:
            for name, wrong in _wrong(place, element, text):
                yield self._with(place, number, wrong, f"{number:02} {name}", valid=False)

    def _parts(self, place: Place, number: int, element: Element, parts: list[str]) -> Iterator[Mutant]:
        """The same for the parts of a composite."""
        for at, part in enumerate(element.parts[: len(parts)]):
            name, text = f"{number:02}-{at + 1}", parts[at]
            if not text:
                continue
            empty = ":".join([*parts[:at], "", *parts[at + 1 :]]).rstrip(":")
            valid = len(parts) > 1 and verdicts.may_be_empty(place, part, number, at + 1)
            if not (valid and at < len(parts) - 1):
                yield self._with(place, number, empty, f"{name} emptied", valid=valid)
            shifted = ":".join(parts[:at] + parts[at + 1 :])
            kept = [*place.segment.elements[1:number], shifted, *place.segment.elements[number + 1 :]]
            yield self._changed(place, kept, f"{name} left out", valid=verdicts.is_valid(place, kept))
            for kind, wrong in _wrong(place, part, text):
                changed = ":".join([*parts[:at], wrong, *parts[at + 1 :]])
                yield self._with(place, number, changed, f"{name} {kind}", valid=False)

    def _with(self, place: Place, number: int, text: str, name: str, *, valid: bool) -> Mutant:
        """A mutant with another value of one element."""
        elements = place.segment.elements[1:]
        elements[number - 1] = text
        return self._changed(place, elements, name, valid=valid)

    def _changed(self, place: Place, elements: list[str], name: str, *, valid: bool) -> Mutant:
        """A mutant with other elements of one segment, without empty ones at the end."""
        text = "*".join([place.tag, *elements]).rstrip("*")
        texts = [*self.texts[: place.at], text, *self.texts[place.at + 1 :]]
        return self._file(texts, name, place, valid=valid)


def _wrong(place: Place, element: Element, text: str) -> Iterator[tuple[str, str]]:
    """Values that an element may not have."""
    if element.kind == "FX":
        yield "lengthened", f"{text}X"
        return
    yield "lengthened", text + (text[-1] * (element.most + 1 - len(text)) if element.kind != "ID" else "Z" * 3)
    if element.kind == "NPI":
        yield "replaced", f"{text[:-1]}{(int(text[-1]) + 1) % 10}"
    elif element.kind == "ID":
        yield "replaced", "#" * len(text)
        if element.codes:
            yield "replaced", next(code for code in ("QQQ", "JJJ", "99999") if code[: len(text)] not in element.codes)
    elif element.kind not in {"ZIP", "STATE"} or place.tag != "N4" or verdicts.holds("us", place):
        yield "replaced", WRONG[element.kind]
    if element.bound:
        yield "broken", _broken(text)


def _broken(text: str) -> str:
    """Another value of the same form."""
    if "." in text or not text.isdigit():
        return f"{text[:-1]}{'3' if text[-1] != '3' else '4'}"
    return str(int(text) + 1).zfill(len(text))
