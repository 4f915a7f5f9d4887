"""A question about a claim that the practice's organization asks: handed over, and what came of it taken in."""

from __future__ import annotations

from billing.inquiries import handing
from billing.inquiries.handing import ANSWERED, CLAIM_STATUS
from billing.models import ClaimStatusCheck, Connection
from billing.statuses import recording
from practice import exchange
from practice.actors import Actor
from practice.exchange import Delivery, NotHandedOverError

S = ClaimStatusCheck.Status


def ask(row: ClaimStatusCheck, connection: Connection, control: int, inquiry: bytes, actor: Actor) -> None:
    """Hands the question to the organization, in the caller's transaction; where it asks none, that is the answer."""
    try:
        handing.hand(CLAIM_STATUS, connection, check_id=row.pk, control=control, inquiry=inquiry, actor=actor)
    except NotHandedOverError as error:
        recording.close(row, str(error))


@exchange.receives(ANSWERED[CLAIM_STATUS], afterwards=True)
def be_answered(delivery: Delivery) -> None:
    """The practice's side: what its organization was told; nothing where nobody waits for it any more."""
    row = recording.locked(delivery.number("check"))
    if row is None or row.status != S.SENDING or not handing.is_from_its_organization(delivery, row.connection_id):
        return
    if trouble := delivery.text("trouble"):
        recording.not_answered(row, trouble, again=bool(delivery.number("again")))
    else:
        recording.write(row, delivery.content("content"))
