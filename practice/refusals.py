"""What a service raises when a change cannot be made: a sentence a person can act on, and the entry it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from practice.errors.database import constraint_of


class RefusedError(ValueError):
    """A change is not possible like this; `field` names the entry of a form it is about. Rooms derive their own."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field

    @classmethod
    @contextmanager
    def instead_of(cls, constraint: str, sentence: str, field: str | None = None) -> Iterator[None]:
        """Turns the violation of one constraint into the sentence that a person reads."""
        try:
            with transaction.atomic():
                yield
        except IntegrityError as error:
            if constraint_of(error) == constraint:
                raise cls(sentence, field) from error
            raise

    @classmethod
    def if_reversed(cls, first: dt.date | None, last: dt.date | None, sentence: str, field: str) -> None:
        """Raises when the second date lies before the first."""
        if first is not None and last is not None and last < first:
            raise cls(sentence, field)
