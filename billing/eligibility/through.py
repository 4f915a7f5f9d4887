"""A question about coverage that the practice's organization asks: handed over, and what came of it taken in."""

from __future__ import annotations

from billing.eligibility import recording
from billing.inquiries import handing
from billing.inquiries.handing import ANSWERED, ELIGIBILITY
from billing.models import Connection, EligibilityCheck
from practice import exchange
from practice.actors import Actor
from practice.exchange import Delivery, NotHandedOverError

S = EligibilityCheck.Status


def ask(row: EligibilityCheck, connection: Connection, control: int, inquiry: bytes, actor: Actor) -> None:
    """Hands the question to the organization, in the caller's transaction; where it asks none, that is the answer."""
    try:
        handing.hand(ELIGIBILITY, connection, check_id=row.pk, control=control, inquiry=inquiry, actor=actor)
    except NotHandedOverError as error:
        recording.close(row, S.FAILED, str(error))


@exchange.receives(ANSWERED[ELIGIBILITY], afterwards=True)
def be_answered(delivery: Delivery) -> None:
    """The practice's side: what its organization was told; nothing where nobody waits for it any more."""
    row = recording.locked(delivery.number("check"))
    if row is None or row.status != S.SENDING or not handing.is_from_its_organization(delivery, row.connection_id):
        return
    if trouble := delivery.text("trouble"):
        recording.not_answered(row, trouble, again=bool(delivery.number("again")))
    else:
        recording.write(row, delivery.content("content"), delivery.receiver)
