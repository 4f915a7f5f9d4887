"""One practice at a time: which one this thread works for, and what of it may be read.

The context is held twice: in a context variable, from which the ORM takes the literal practice, and in
PostgreSQL's transaction-local settings, from which the row-level security policies take it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, connections
from psycopg.pq import TransactionStatus


class NoPracticeContextError(RuntimeError):
    """A statement on tenant rows was about to run without saying whose rows."""


class ContextOutsideTransactionError(RuntimeError):
    """A context was opened where its settings would last no longer than one statement."""


class WrongPracticeError(RuntimeError):
    """A row of one practice was about to be written while another practice's context was open."""


@dataclass(frozen=True, slots=True)
class PracticeContext:
    """The practice by id, and which walls inside it are open.

    `phi` opens what tells something about a client, `psychotherapy` the notes kept apart, and `rates`
    contracts and fee offers.
    """

    practice_id: int
    phi: bool = False
    psychotherapy: bool = False
    rates: bool = False

    def settings(self) -> tuple[str, str, str, str]:
        """The values of app.practice, app.phi, app.psychotherapy and app.rates: the id or nothing."""
        number = str(self.practice_id)
        secret = self.phi and self.psychotherapy
        return (
            number,
            number if self.phi else "",
            number if secret else "",
            number if self.rates else "",
        )


_CLOSED = ("", "", "", "")
_current: ContextVar[PracticeContext | None] = ContextVar("practice_context", default=None)


def current() -> PracticeContext:
    """The open context; NoPracticeContextError when there is none."""
    context = _current.get()
    if context is None:
        raise NoPracticeContextError("No practice context is open: wrap the call in practice_context().")
    return context


def current_or_none() -> PracticeContext | None:
    """The open context, or None."""
    return _current.get()


@contextmanager
def practice_context(
    practice_id: int,
    *,
    phi: bool = False,
    psychotherapy: bool = False,
    rates: bool = False,
    using: str = DEFAULT_DB_ALIAS,
) -> Iterator[PracticeContext]:
    """Opens one practice's rows for the block, and restores what was open before.

    Raises ContextOutsideTransactionError outside a transaction. Do not `yield` inside the block: a generator
    that is left half-way would leave the context open.
    """
    if not connections[using].in_atomic_block:
        raise ContextOutsideTransactionError("Open a transaction before a practice context.")
    context = PracticeContext(practice_id, phi=phi, psychotherapy=psychotherapy, rates=rates)
    before = _current.get()
    _tell_database(context.settings(), using)
    token = _current.set(context)
    try:
        yield context
    finally:
        _current.reset(token)
        if not is_broken(using):
            _tell_database(before.settings() if before else _CLOSED, using)


def is_broken(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Whether the transaction can only be rolled back: given up by PostgreSQL or Django, or cut off."""
    connection = connections[using]
    if connection.connection is None or connection.needs_rollback:
        return True
    status = connection.connection.info.transaction_status
    return status in {TransactionStatus.INERROR, TransactionStatus.UNKNOWN}


def _tell_database(values: tuple[str, str, str, str], using: str) -> None:
    """The only place where the settings are made; always local to the transaction."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.practice', %s, true), set_config('app.phi', %s, true),"
            " set_config('app.psychotherapy', %s, true), set_config('app.rates', %s, true)",
            values,
        )
