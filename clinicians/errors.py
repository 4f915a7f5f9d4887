"""Refusals of the team's services, each with a sentence a person can act on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from practice.errors.database import constraint_of


class TeamRefusedError(ValueError):
    """A change to a clinician's file is not possible like this; `field` names the entry it is about."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


@contextmanager
def refusing(constraint: str, sentence: str, field: str | None = None) -> Iterator[None]:
    """Turns the violation of one constraint into the sentence that a person reads."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if constraint_of(error) == constraint:
            raise TeamRefusedError(sentence, field) from error
        raise
