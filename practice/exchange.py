"""What passes between two tenants is handed over as the receiver's own copy; no row is read across them.

A room registers what it receives, by kind. Handing over runs the receiver's function inside the receiver's own context,
in the sender's transaction: both sides have it, or neither. Only plain values pass, never a row, and only between an
organization and a practice that are joined by an affiliation; both trails say so.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db import transaction

from practice import access, audit
from practice.actors import Actor
from practice.models import Practice
from practice.tenancy.context import practice_context

Plain = str | int | bool | bytes | Decimal | dt.date | dt.datetime | None
Payload = Mapping[str, "Plain | list[str] | dict[str, str]"]


class NotHandedOverError(ValueError):
    """The receiver does not take it; the message says why, and nothing passed."""


class NotPlainError(TypeError):
    """Something that is no plain value was about to pass between tenants."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a receiver is given: who it comes from, and the values. The receiver's context is open."""

    kind: str
    sender: Practice
    receiver: Practice
    payload: Payload

    def text(self, name: str) -> str:
        """A value that is text; NotPlainError when it is not."""
        value = self.payload[name]
        if not isinstance(value, str):
            raise NotPlainError(f"«{name}» is no text.")
        return value

    def number(self, name: str) -> int:
        """A value that is a whole number; NotPlainError when it is not."""
        value = self.payload[name]
        if not isinstance(value, int):
            raise NotPlainError(f"«{name}» is no number.")
        return value

    def content(self, name: str) -> bytes:
        """A value that is bytes; NotPlainError when it is not."""
        value = self.payload[name]
        if not isinstance(value, bytes):
            raise NotPlainError(f"«{name}» is no content.")
        return value


Receiver = Callable[[Delivery], None]


@dataclass(frozen=True, slots=True)
class _Kind:
    receive: Receiver
    afterwards: bool


_kinds: Final[dict[str, _Kind]] = {}


def receives(kind: str, *, afterwards: bool = False) -> Callable[[Receiver], Receiver]:
    """Registers the function that takes this kind in; `afterwards` also once the affiliation has ended.

    It is idempotent, opens no context, and raises NotHandedOverError with a sentence where it does not take it.
    """

    def register(receive: Receiver) -> Receiver:
        if kind in _kinds:
            raise ValueError(f"Two receivers for «{kind}».")
        _kinds[kind] = _Kind(receive, afterwards)
        return receive

    return register


@transaction.atomic
def hand_over(kind: str, *, actor: Actor, to: int, payload: Payload) -> None:
    """Hands values to another tenant; NotHandedOverError when nothing joins the two, or the receiver refuses."""
    _refuse_rows(payload)
    known = _kinds[kind]
    sender, receiver = Practice.objects.get(pk=actor.practice_id), Practice.objects.get(pk=to)
    if not access.are_joined(sender, receiver, afterwards=known.afterwards):
        raise NotHandedOverError(f"{sender} and {receiver} have no agreement that is in force.")
    print_ = _fingerprint(payload)
    audit.record("exchange.handed_over", actor=actor, after={"kind": kind, "to": receiver.name, "sha256": print_})
    with transaction.atomic(), practice_context(receiver.pk, phi=True):
        by = Actor.system(receiver.pk)
        audit.record("exchange.received", actor=by, after={"kind": kind, "from": sender.name, "sha256": print_})
        known.receive(Delivery(kind, sender, receiver, payload))


def _refuse_rows(payload: Payload) -> None:
    for name, value in payload.items():
        parts = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else [value]
        if not all(isinstance(part, str | int | bytes | Decimal | dt.date | None) for part in parts):
            raise NotPlainError(f"«{name}» is no plain value.")


def _fingerprint(payload: Payload) -> str:
    """What passed, so that both trails can be held against each other."""
    return hashlib.sha256(repr(sorted(payload.items())).encode()).hexdigest()
