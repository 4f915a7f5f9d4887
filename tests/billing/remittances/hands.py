"""Short ways to take a remittance in and post it."""

from __future__ import annotations

from billing.inbound import reading
from billing.inbound.services import receive
from billing.models import Claim, InboundFile, Remittance
from billing.remittances import services
from edi.remittances import model as x12
from tests.billing.claim_factories import Bench, file_of


def take(bench: Bench, content: bytes, name: str = "answer.835") -> InboundFile:
    """Receives a file and reads it, as the worker does."""
    row = receive(
        content,
        name=name,
        source=InboundFile.Source.CONNECTION,
        connection=bench.connection,
        actor=bench.biller,
        practice=bench.practice,
    )
    reading.perform(bench.practice.pk, str(row.pk))
    row.refresh_from_db()
    return row


def arrive(bench: Bench, *said: x12.Remittance, control: int = 1) -> list[Remittance]:
    """The remittances of a file that arrives."""
    inbound = take(bench, file_of(*said, control=control))
    return list(Remittance.objects.filter(transaction__inbound=inbound).order_by("pk"))


def post(bench: Bench, row: Remittance) -> Remittance:
    """Posts one as the biller."""
    return services.post(row.pk, actor=bench.biller, practice=bench.practice)


def arrive_and_post(bench: Bench, *said: x12.Remittance, control: int = 1) -> list[Remittance]:
    """Both."""
    rows = arrive(bench, *said, control=control)
    assert [row.held_for for row in rows] == [[]] * len(rows)
    return [post(bench, row) for row in rows]


def status(claim: Claim) -> str:
    """What the claim is now."""
    claim.refresh_from_db()
    return str(claim.status)
