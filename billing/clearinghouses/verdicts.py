"""What the status of an API's answer means: taken, refused, not known, or try again later.

From Stedi's reference: 409 with Retry-After while the first request with a key is worked on, 422 for a key with another
body, 429 without headers, and an `x12` in a 400 is the 277CA that refuses every claim. That a 429 took nothing in, and
that after a 5xx nobody can know, is our own reading.
"""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus as S
from typing import Final

from billing.clearinghouses.fetching import Reply
from billing.clearinghouses.protocol import ClearinghouseError, MaybeSentError, NotSentError, Receipt, RefusedError

_WAIT: Final = dt.timedelta(minutes=1)
_LONGEST: Final = 300


def receipt(name: str, reply: Reply) -> Receipt:
    """What an answer to a file means; raises what the protocol names where it is not taken."""
    if reply.status == S.OK or (reply.status == S.BAD_REQUEST and reply.x12):
        return Receipt(reply.x12)
    if reply.status == S.CONFLICT:
        raise MaybeSentError(f"{name} is still at work on the file.", reply.wait or _WAIT)
    if reply.status >= S.INTERNAL_SERVER_ERROR or reply.status == S.REQUEST_TIMEOUT:
        raise MaybeSentError(f"{name} failed at the file ({reply.status}). It may have it.", reply.wait)
    raise refusal(name, reply)


def refusal(name: str, reply: Reply) -> ClearinghouseError:
    """Why nothing was taken in."""
    if reply.status in {S.UNAUTHORIZED, S.FORBIDDEN}:
        return NotSentError(f"{name} refused the API key.")
    if reply.status == S.TOO_MANY_REQUESTS:
        return NotSentError(f"{name} takes no more for the moment. This waits here.", reply.wait or _WAIT)
    if reply.status == S.UNPROCESSABLE_ENTITY:
        return RefusedError(f"{name} knows the key of this file from another file. Nothing of it was taken in.")
    if reply.status == S.BAD_REQUEST:
        said = f" It said: {reply.sentence}" if reply.sentence else ""
        return RefusedError(f"{name} could not read it.{said}"[:_LONGEST])
    if S.MULTIPLE_CHOICES <= reply.status < S.BAD_REQUEST:
        return NotSentError(f"{name} points to another address, which is not followed. Nothing was sent.")
    return NotSentError(f"{name} does not know what it was asked ({reply.status}). Nothing was sent.")


def silence(name: str, reply: Reply) -> ClearinghouseError:
    """Why it does not show its answers."""
    if reply.status in {S.UNAUTHORIZED, S.FORBIDDEN, S.TOO_MANY_REQUESTS}:
        return refusal(name, reply)
    return ClearinghouseError(f"{name} does not show its answers (it said {reply.status}).")
