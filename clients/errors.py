"""Refusals of the clients' services, each with a sentence a person can act on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from practice.refusals import RefusedError

if TYPE_CHECKING:
    from clients.models import Client


class ClientRefusedError(RefusedError):
    """A change to a client's record is not possible like this."""


class PossibleDuplicateError(ClientRefusedError):
    """Somebody who may be the same person is on file; `matches` are they, for a person to look at."""

    def __init__(self, matches: Sequence[Client]) -> None:
        super().__init__("This person may be on file already. Open the record below, or add them all the same.")
        self.matches = matches


class HeadingError(ClientRefusedError):
    """The code is a heading; `code` names it, so that the codes below it can be offered."""

    def __init__(self, sentence: str, code: str) -> None:
        super().__init__(sentence, "code")
        self.code = code
