"""What a 277CA decides: for each claim it names, and for files and providers it rejects without naming claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from edi.statuses.model import ClaimStatus, Level, ProviderStatus, ReceiverStatus, SourceStatus, Status, StatusReport
from edi.statuses.verdicts import Verdict, worst

Placed = tuple[Level, Status]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One decision. `level` tells what it is about: the claim in `claim`, or everything in the file (receiver or
    source) or of the provider, when these are answered without claims. `statuses` are all that speak for it, from the
    top down, each with its level.
    """

    level: Level
    verdict: Verdict
    statuses: tuple[Placed, ...]
    by_payer: bool
    batch_reference: str = ""
    provider_id: str = ""
    claim: ClaimStatus | None = None


def outcomes(report: StatusReport) -> Iterator[Outcome]:
    """Every decision of a report.

    A reject at source, receiver or provider rejects every claim under it; other statuses up there say nothing about
    a claim. A claim without a status of its own is unknown.
    """
    for source in report.sources:
        above = _placed(Level.SOURCE, source.statuses)
        if not source.receivers and above:
            yield Outcome(Level.SOURCE, _verdict(above), above, source.is_payer)
        for receiver in source.receivers:
            yield from _of_receiver(source, receiver, above)


def _of_receiver(source: SourceStatus, receiver: ReceiverStatus, above: tuple[Placed, ...]) -> Iterator[Outcome]:
    above += _placed(Level.RECEIVER, receiver.statuses)
    if not receiver.providers and above:
        yield Outcome(Level.RECEIVER, _verdict(above), above, source.is_payer, receiver.batch_reference)
    for provider in receiver.providers:
        yield from _of_provider(source, receiver, provider, above)


def _of_provider(
    source: SourceStatus, receiver: ReceiverStatus, provider: ProviderStatus, above: tuple[Placed, ...]
) -> Iterator[Outcome]:
    above += _placed(Level.PROVIDER, provider.statuses)
    batch, number = receiver.batch_reference, provider.name.id if provider.name else ""
    if not provider.claims and above:
        yield Outcome(Level.PROVIDER, _verdict(above), above, source.is_payer, batch, number)
    for claim in provider.claims:
        own = _placed(Level.CLAIM, claim.statuses)
        lines = tuple(placed for line in claim.lines for placed in _placed(Level.LINE, line.statuses))
        rejected = any(status.verdict is Verdict.REJECTED for _, status in above)
        verdict = Verdict.REJECTED if rejected else claim.verdict
        yield Outcome(Level.CLAIM, verdict, (*above, *own, *lines), source.is_payer, batch, number, claim)


def _placed(level: Level, statuses: Iterable[Status]) -> tuple[Placed, ...]:
    return tuple((level, status) for status in statuses)


def _verdict(placed: tuple[Placed, ...]) -> Verdict:
    return worst(status.verdict for _, status in placed)
