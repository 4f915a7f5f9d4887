"""The only place where a state changes, and where each change is written down."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.db import models

from practice import clock
from practice.actors import Actor
from practice.models import StateChange
from practice.tenancy.base import TenantModel
from practice.tenancy.inserting import insert_rows

Transitions = Mapping[str, frozenset[str]]
Follower = Callable[[Sequence[int], str], None]
_followers: Final[dict[str, Follower]] = {}


class InvalidTransitionError(ValueError):
    """A thing was asked to go where its state does not lead."""


class StateField(models.CharField):  # type: ignore[type-arg]
    """A state with its table of transitions; its value is changed by `transition()` alone."""

    def __init__(
        self, verbose_name: str | None = None, *, transitions: Transitions | None = None, **options: Any
    ) -> None:
        self.transitions: Transitions = transitions or {}
        super().__init__(verbose_name, **({"max_length": 20, "editable": False} | options))


class _Step(NamedTuple):
    """What a StateChange holds, its practice apart."""

    id: uuid.UUID
    at: dt.datetime
    kind: str
    object_id: int
    before: str
    after: str
    actor_id: int | None
    actor_name: str
    reason: str


def follow(model: type[TenantModel], follower: Follower) -> None:
    """Lets a function go along with every change of a model's state, in its transaction: with the keys and the state.

    For rows that repeat what the state says, where a constraint needs it. Called once, where those rows are defined.
    """
    _followers[model._meta.label] = follower


def may_become(row: TenantModel, state: str, *, field: str = "status") -> bool:
    """Whether the row's state leads to `state`."""
    return state in _transitions(type(row), field).get(getattr(row, field), frozenset())


def transition(row: TenantModel, state: str, *, actor: Actor, reason: str = "", field: str = "status") -> None:
    """Moves one row to a state and writes who, when and why; InvalidTransitionError when it may not."""
    transition_many([row], state, actor=actor, reason=reason, field=field)


def transition_many(
    rows: Sequence[TenantModel], state: str, *, actor: Actor, reason: str = "", field: str = "status"
) -> None:
    """Moves rows of one model to a state in two statements, and one of a follower's, all or none."""
    if not rows:
        return
    model = type(rows[0])
    steps = [_step(row, state, actor, reason, field) for row in rows]
    ids = [row.pk for row in rows]
    model.objects.filter(pk__in=ids).update(**{field: state})
    if follower := _followers.get(model._meta.label):
        follower(ids, state)
    for row in rows:
        setattr(row, field, state)
    insert_rows(StateChange, _Step._fields, steps)


def record_first(rows: Sequence[TenantModel], *, actor: Actor, field: str = "status", reason: str = "") -> None:
    """Writes down the state in which new rows begin."""
    changes = [_change(row, "", getattr(row, field), actor, reason) for row in rows]
    insert_rows(StateChange, _Step._fields, changes)


def _step(row: TenantModel, state: str, actor: Actor, reason: str, field: str) -> _Step:
    if not may_become(row, state, field=field):
        name = row._meta.verbose_name
        raise InvalidTransitionError(f"This {name} is {getattr(row, field)}; it cannot become {state}.")
    return _change(row, getattr(row, field), state, actor, reason)


def _change(row: TenantModel, before: str, after: str, actor: Actor, reason: str) -> _Step:
    return _Step(
        id=uuid.uuid4(),
        at=clock.now(),
        kind=row._meta.label_lower,
        object_id=row.pk,
        before=before,
        after=after,
        actor_id=actor.user_id,
        actor_name=actor.name,
        reason=reason,
    )


def _transitions(model: type[TenantModel], field: str) -> Transitions:
    found = model._meta.get_field(field)
    if not isinstance(found, StateField):
        raise TypeError(f"{model.__name__}.{field} is no state.")
    return found.transitions
