"""What a claim would say if it left now, with a correction on it, and what the check would find. Nothing is saved."""

from __future__ import annotations

from dataclasses import dataclass

from billing.claims import batching, content, correcting, numbers
from billing.claims.content import Loaded
from billing.claims.correcting import Correction
from billing.claims.selectors.sent import SentSegment, explained
from billing.clearinghouses.opening import envelope_of
from billing.models import Claim, Connection
from clients.models import Coverage
from edi.claims import model as x12
from edi.claims.checks import check
from edi.claims.writing import write
from edi.envelope import Envelope
from edi.errors import X12Error
from edi.reading import read
from practice import clock
from practice.models import Practice, PracticeSettings
from practice.payer_rules import rulebook
from practice.setup.selectors import get_settings


@dataclass(frozen=True, slots=True)
class Preview:
    """The segments with their words, the faults in sentences, and how it goes: as an original or a replacement."""

    segments: list[SentSegment]
    faults: list[str]
    number: str
    how: str


def preview(claim_id: int, correction: Correction | None, practice: Practice, *, replaces: bool) -> Preview:
    """The claim as it would leave; a fixed number of queries."""
    (loaded,) = content.load([claim_id])
    _change(loaded, correction, replaces=replaces)
    settings, connection = get_settings(), batching.default_connection()
    file = _file(loaded, settings, connection, practice)
    faults = [one.words for one in check(file) if not one.warning and one.claim == loaded.claim.number]
    return Preview(_segments(file, loaded.claim.number), faults, *_how(loaded.claim, replaces=replaces))


def _change(loaded: Loaded, correction: Correction | None, *, replaces: bool) -> None:
    """Puts the correction on the loaded claim, in memory alone."""
    claim = loaded.claim
    if correction is not None:
        correcting.apply(claim, loaded.lines, correction)
        plans = Coverage.objects.filter(pk=correction.coverage_id or 0, client=claim.client_id)
        plan = plans.select_related("payer").first()
        if plan is not None and not replaces:
            claim.coverage, claim.payer = plan, plan.payer
    if replaces:
        claim.frequency = correcting.frequency_after(claim, rulebook([claim.payer_id]))
    elif claim.status == Claim.Status.REJECTED and correcting.may_renumber(claim):
        claim.number = numbers.next_number(claim.number)
        for line in loaded.lines:
            line.reference = f"{claim.number}L{line.position:02}"


def _file(
    loaded: Loaded, settings: PracticeSettings, connection: Connection | None, practice: Practice
) -> x12.ClaimFile:
    payer = loaded.claim.payer
    known = content.payer_numbers([payer.pk], connection.layout) if connection else {}
    transaction = x12.ClaimTransaction(
        control="0001",
        reference="0001",
        payer=x12.Payer(payer.name, known.get(payer.pk) or payer.payer_id),
        billing=content.billing_provider(settings, [loaded]),
        claims=(content.claim(loaded, settings),),
    )
    envelope = envelope_of(connection, settings) if connection else Envelope(sender="PREVIEW", receiver="PREVIEW")
    made_at = clock.local(practice, clock.now()).replace(tzinfo=None, second=0, microsecond=0)
    return x12.ClaimFile(envelope, control=1, group_control=1, made_at=made_at, transactions=(transaction,))


def _segments(file: x12.ClaimFile, number: str) -> list[SentSegment]:
    """The claim's own segments; none when it holds what no 837P can say, which the check then tells."""
    try:
        written = write(file)
        first, last = written.positions["0001"][number]
        (interchange,) = read(written.content)
    except X12Error:
        return []
    return [explained(one) for one in interchange.transactions[0].segments[first - 1 : last]]


def _how(claim: Claim, *, replaces: bool) -> tuple[str, str]:
    if not replaces:
        return claim.number, "as an original, which the payer has not judged yet"
    if claim.frequency == Claim.Frequency.ORIGINAL:
        return "a new number", "as an original, since this payer takes no replacements"
    return "a new number", f"as a replacement of {claim.payer_control_number or 'the payer’s claim'}"
