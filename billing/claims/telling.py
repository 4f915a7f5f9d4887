"""What an organization says to the practice whose file it sends: how far it is."""

from __future__ import annotations

from typing import Final

from billing.models import Request
from practice import exchange
from practice.actors import Actor

STATE: Final = "claims.file_state"


def tell(request: Request) -> None:
    """Hands the state of a practice's file back to it; nothing for a file of one's own."""
    if request.for_practice is not None and request.for_request is not None:
        payload: exchange.Payload = {
            "request": request.for_request,
            "state": str(request.status),
            "trouble": request.trouble,
        }
        exchange.hand_over(STATE, actor=Actor.system(request.practice_id), to=request.for_practice, payload=payload)
