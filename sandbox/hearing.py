"""What is said about the claims of a transaction that was taken in, by the clearinghouse and by the payer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from edi.claims.problems import Problem
from edi.claims.readers import parties
from edi.claims.reading import Reading
from edi.interchanges import Interchange
from sandbox import reporting
from sandbox.deciding import Arrival, decide
from sandbox.envelopes import STAMP
from sandbox.rejecting import rejections
from sandbox.verdicts import Heard, Verdict
from sandbox.work import Work


@dataclass(frozen=True, slots=True)
class Said:
    """What was decided for one billing provider and payer, and the clearinghouse's 277CA where there is one."""

    heard: Heard
    receipt: bytes = b""


def hear(
    work: Work, arrival: Arrival, interchange: Interchange, reading: Reading, problems: Sequence[Problem]
) -> Iterator[Said]:
    """Decide every claim of a transaction, and say so in a 277CA for each billing provider and payer."""
    submitter = parties.envelope(interchange, interchange.groups[0], reading.header).submitter
    found = rejections(problems)
    for part in reading.transactions:
        heard = Heard(part, submitter, arrival.day, decide(work, arrival, part, found))
        if not arrival.is_over_api:
            _say(work, arrival, interchange, heard, reporting.payer(heard))
            yield Said(heard)
            continue
        receipt = _say(work, arrival, interchange, _before_the_payer(heard), reporting.CLEARINGHOUSE)
        went_on = replace(heard, verdicts=tuple(one for one in heard.verdicts if not one.by_edit))
        if went_on.verdicts:
            _say(work, arrival, interchange, went_on, reporting.payer(heard))
        yield Said(heard, receipt)


def _before_the_payer(heard: Heard) -> Heard:
    """What the clearinghouse knows: which claims its edits refused; the others are on their way."""
    verdicts = (one if one.by_edit else Verdict(one.claim) for one in heard.verdicts)
    return replace(heard, verdicts=tuple(verdicts))


def _say(work: Work, arrival: Arrival, interchange: Interchange, heard: Heard, voice: reporting.Voice) -> bytes:
    """A 277CA in one voice, kept as an answer."""
    number = work.store.next_number("interchange")
    content = reporting.report(heard, voice, arrival.envelope, control=number, made_at=arrival.made_at)
    work.answer(arrival.login, f"277CA_{interchange.control}_{number:06}_{STAMP}.x12", content)
    return content
