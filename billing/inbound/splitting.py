"""Takes files apart: one transaction with its own envelope, whose numbers are in it, and a 277CA with some claims only.

Pure: segments in, bytes out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from edi.interchanges import Group, Interchange, Transaction
from edi.segments import Segment

_PATIENT = "PT"
_TOTALS = frozenset({"QTY", "AMT"})


@dataclass(frozen=True, slots=True)
class Payee:
    """Who is paid by an 835 (N1*PE and its REF)."""

    npi: str = ""
    tax_id: str = ""


def alone(interchange: Interchange, group: Group | None, segments: Iterable[Segment], control: str = "") -> bytes:
    """An interchange that holds these segments and nothing else; without a group they stand as a TA1 does."""
    inner = list(segments)
    if group is not None and group.header is not None:
        number = group.header[6]
        inner = [group.header, *inner, Segment(["GE", "1", number], interchange.delimiters)]
    groups = "1" if group is not None else "0"
    trailer = Segment(["IEA", groups, control or interchange.header[13]], interchange.delimiters)
    end = interchange.delimiters.segment
    return "".join(f"{segment}{end}" for segment in (interchange.header, *inner, trailer)).encode("utf-8")


def claim_numbers(found: Transaction) -> set[str]:
    """The patient control numbers an 835 (CLP01) or 277CA (TRN02 of its patients) speaks of."""
    numbers, level = set(), ""
    for segment in found.segments:
        if segment.tag == "HL":
            level = segment[3]
        elif segment.tag == "CLP":
            numbers.add(segment[1].strip().upper())
        elif segment.tag == "TRN" and level == _PATIENT:
            numbers.add(segment[2].strip().upper())
    return numbers - {""}


def batch_references(found: Transaction) -> set[str]:
    """The BHT03 of files that a 277CA answers as a whole (TRN02 above its patients)."""
    references, level = set(), ""
    for segment in found.segments:
        if segment.tag == "HL":
            level = segment[3]
        elif segment.tag == "TRN" and level not in {"", _PATIENT}:
            references.add(segment[2].strip())
    return references - {""}


def payee(found: Transaction) -> Payee:
    """Who an 835 pays: N1*PE with an NPI (XX) or a tax ID (FI), and REF*TJ before the first claim."""
    npi, tax_id, inside = "", "", False
    for segment in found.segments:
        if segment.tag in {"LX", "CLP"}:
            break
        if segment.tag == "N1":
            inside = segment[1] == "PE"
            npi = segment[4] if inside and segment[3] == "XX" else npi
            tax_id = segment[4] if inside and segment[3] == "FI" else tax_id
        elif inside and segment.tag == "REF" and segment[1] == "TJ":
            tax_id = segment[2]
    return Payee(npi, "".join(filter(str.isdigit, tax_id)))


def only(found: Transaction, numbers: Collection[str]) -> list[Segment]:
    """A 277CA with the patients of these numbers alone: what stands above them stays, without the totals of all."""
    head, blocks = _blocks(list(found.segments))
    kept = _kept(blocks, numbers)
    renumbered = {block[0][1]: str(place) for place, block in enumerate((blocks[at] for at in kept), 1)}
    body = [segment for at in kept for segment in _renumbered(blocks[at], renumbered)]
    count = len(head) + len(body) + 1
    return [*head, *body, Segment(["SE", str(count), found.control], found.delimiters)]


def _blocks(segments: Sequence[Segment]) -> tuple[list[Segment], list[list[Segment]]]:
    """What stands before the first HL, and the HL loops, without the SE."""
    head: list[Segment] = []
    blocks: list[list[Segment]] = []
    for segment in segments:
        if segment.tag == "SE":
            break
        if segment.tag == "HL":
            blocks.append([segment])
        else:
            (blocks[-1] if blocks else head).append(segment)
    return head, blocks


def _kept(blocks: Sequence[list[Segment]], numbers: Collection[str]) -> list[int]:
    """The places of the patients with these numbers and of everything above them."""
    places = {block[0][1]: at for at, block in enumerate(blocks)}
    kept: set[int] = set()
    for at, block in enumerate(blocks):
        own = {segment[2].strip().upper() for segment in block if segment.tag == "TRN"}
        if block[0][3] == _PATIENT and own & set(numbers):
            above: int | None = at
            while above is not None and above not in kept:
                kept.add(above)
                above = places.get(blocks[above][0][2])
    return sorted(kept)


def _renumbered(block: Sequence[Segment], numbers: dict[str, str]) -> list[Segment]:
    first = block[0]
    elements = ["HL", numbers[first[1]], numbers.get(first[2], ""), *first.elements[3:]]
    is_patient = first[3] == _PATIENT
    rest = [segment for segment in block[1:] if is_patient or segment.tag not in _TOTALS]
    return [Segment(elements, first.delimiters), *rest]
