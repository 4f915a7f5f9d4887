"""Writes TA1 and 999, for the sandbox payer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from edi.acknowledgments.model import Acknowledgment, ElementError, InterchangeAcknowledgment, SegmentError, SetResponse
from edi.dates import format_short, format_time
from edi.envelope import Envelope
from edi.errors import X12Error
from edi.numbered import write_numbered
from edi.writing import OutTransaction, Part

FUNCTIONAL_ID = "FA"
VERSION = "005010X231A1"

Elements = tuple[Part, ...]


def write(
    acknowledgments: Iterable[Acknowledgment],
    envelope: Envelope,
    *,
    control: int,
    group_control: int,
    made_at: datetime,
    interchanges: Iterable[InterchangeAcknowledgment] = (),
) -> bytes:
    """One interchange: the TA1 segments, then one 999 for each group answered, numbered from 0001."""
    return write_numbered(
        acknowledgments,
        lambda one, number: transaction(one, control=number),
        envelope,
        control=control,
        group=(FUNCTIONAL_ID, group_control, VERSION),
        made_at=made_at,
        tas=[ta1(one) for one in interchanges],
    )


def ta1(one: InterchangeAcknowledgment) -> Elements:
    """A TA1; raises X12Error without the date and time of the file it answers."""
    if one.sent_on is None or one.sent_at is None:
        raise X12Error("A TA1 repeats the date and time of the interchange it answers.")
    return "TA1", one.control, format_short(one.sent_on), format_time(one.sent_at), one.status, one.note


def transaction(acknowledgment: Acknowledgment, *, control: str) -> OutTransaction:
    """A 999."""
    return OutTransaction("999", control, VERSION, list(_body(acknowledgment)))


def _body(one: Acknowledgment) -> Iterator[Elements]:
    """The segments between ST and SE."""
    yield "AK1", one.functional_id, one.control, one.version
    for response in one.sets:
        yield from _set(response)
    yield "AK9", one.status, str(one.included), str(one.received), str(one.accepted), *one.codes


def _set(response: SetResponse) -> Iterator[Elements]:
    """Loop 2000."""
    yield "AK2", response.set_id, response.control, response.version
    for error in response.errors:
        yield from _segment(error)
    yield "IK5", response.status, *response.codes


def _segment(error: SegmentError) -> Iterator[Elements]:
    """Loop 2100."""
    yield "IK3", error.segment, str(error.position), error.loop, error.code
    for context in error.contexts:
        yield "CTX", _context(context)
    for element in error.elements:
        yield from _element(element)


def _element(error: ElementError) -> Iterator[Elements]:
    """Loop 2110."""
    place = [str(number) if number else "" for number in (error.position, error.component, error.repetition)]
    while len(place) > 1 and not place[-1]:
        place.pop()
    yield "IK4", tuple(place), error.reference, error.code, error.value
    for context in error.contexts:
        yield "CTX", _context(context)


def _context(text: str) -> Part:
    """A context of name and value, such as CLM01 and the patient control number."""
    name, found, value = text.partition(":")
    return (name, value) if found else name
