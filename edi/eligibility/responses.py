"""What a 271 says about each person, with the levels above, found by the trace number we sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from edi.eligibility.answer import Answer, MemberAnswer, PayerAnswer, ReceiverAnswer, SubscriberAnswer
from edi.eligibility.people import ECHOED_TRACE, Trace
from edi.eligibility.rejection import Rejection


@dataclass(frozen=True, slots=True)
class Response:
    """One person's answer; without a subscriber it is a rejection that speaks for every inquiry to payer or receiver.

    `subscriber` is the coverage's holder and `dependent` the person answered about when that is somebody else.
    """

    payer: PayerAnswer
    receiver: ReceiverAnswer | None = None
    subscriber: MemberAnswer | None = None
    dependent: MemberAnswer | None = None

    @property
    def member(self) -> MemberAnswer | None:
        """Whom it is about."""
        return self.dependent or self.subscriber

    @property
    def rejections(self) -> tuple[Rejection, ...]:
        """Every rejection that speaks for it, from the top down, without those of single benefits."""
        levels = (self.payer, self.receiver, self.subscriber, self.dependent)
        return tuple(one for level in levels if level is not None for one in level.rejections)

    @property
    def is_rejected(self) -> bool:
        """Whether there is nothing but a rejection."""
        told = self.member.benefits if self.member else ()
        return bool(self.rejections) and not told


def responses(answer: Answer) -> Iterator[Response]:
    """Everybody answered about, and payers and receivers answered without anybody.

    A subscriber above a dependent is answered about only with benefits or rejections of the subscriber's own.
    """
    for payer in answer.payers:
        if not payer.receivers:
            yield Response(payer)
        for receiver in payer.receivers:
            if not receiver.subscribers:
                yield Response(payer, receiver)
            for subscriber in receiver.subscribers:
                yield from _of_subscriber(payer, receiver, subscriber)


def responses_to(answer: Answer, trace: Trace) -> tuple[Response, ...]:
    """The answers that give our trace number back; where none does, the rejections that speak for every inquiry.

    A number is ours under TRN01 2 (given back), or under 1 when its originator is ours too; a payer that keeps the
    originator must keep it as it was.
    """
    everything = tuple(responses(answer))
    found = tuple(
        one for one in everything if one.member and any(_is_ours(given, trace) for given in one.member.traces)
    )
    return found or tuple(one for one in everything if one.member is None and one.rejections)


def _is_ours(given: Trace, sent: Trace) -> bool:
    if given.number != sent.number:
        return False
    same = given.originator == sent.originator
    return same or (given.kind == ECHOED_TRACE and not (given.originator and sent.originator))


def _of_subscriber(payer: PayerAnswer, receiver: ReceiverAnswer, told: SubscriberAnswer) -> Iterator[Response]:
    own = told.member
    if not told.dependents or own.benefits or own.rejections:
        yield Response(payer, receiver, own)
    for dependent in told.dependents:
        yield Response(payer, receiver, own, dependent)
