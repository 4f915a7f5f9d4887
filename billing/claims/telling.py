"""What an organization and the practice whose file it sends tell each other: how far it is, and that it arrived."""

from __future__ import annotations

from typing import Final

from billing.models import Connection, Request
from practice import clock, due, exchange
from practice.actors import Actor

STATE: Final = "claims.file_state"
ARRIVED: Final = "claims.file_arrived"
TELL_ARRIVED: Final = "claims.tell_arrived"


def tell(request: Request) -> None:
    """Hands the state of a practice's file back to it; nothing for a file of one's own."""
    if request.for_practice is not None and request.for_request is not None:
        payload: exchange.Payload = {
            "request": request.for_request,
            "state": str(request.status),
            "trouble": request.trouble,
        }
        exchange.hand_over(STATE, actor=Actor.system(request.practice_id), to=request.for_practice, payload=payload)


def plan_word(request: Request) -> None:
    """An answer proved to the practice that its file arrived: the organization that sent it is told next.

    As due work: whoever tells holds no lock of its own, so that two who tell each other never wait for each other.
    """
    if Connection.objects.filter(pk=request.connection_id, through_id__isnull=False).exists():
        due.plan(TELL_ARRIVED, practice_id=request.practice_id, object_id=request.pk, due_at=clock.now())
