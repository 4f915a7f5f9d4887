"""Refusals of the clients' services, each with a sentence a person can act on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from practice.errors.database import constraint_of

if TYPE_CHECKING:
    from clients.models import Client


class ClientRefusedError(ValueError):
    """A change to a client's record is not possible like this; `field` names the entry it is about."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


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


@contextmanager
def refusing(constraint: str, sentence: str, field: str | None = None) -> Iterator[None]:
    """Turns the violation of one constraint into the sentence that a person reads."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if constraint_of(error) == constraint:
            raise ClientRefusedError(sentence, field) from error
        raise
