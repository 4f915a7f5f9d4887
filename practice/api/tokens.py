"""Tokens of programs: made by a person for one practice, with a part of what that person may do, until a day."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from practice import audit, clock
from practice.actors import Actor
from practice.models import ApiToken, Practice, User
from practice.permissions import REGISTRY
from practice.refusals import RefusedError

GRANTABLE: Final = (
    "team:view", "team:own", "clients:view", "clients:own", "calendar:view", "calendar:own",
    "claims:view", "remittances:view", "money:view", "payroll:view", "payroll:totals", "payroll:own",
)  # fmt: skip
_READING: Final = {"calendar:own": "See one’s own sessions"}
LONGEST: Final = dt.timedelta(days=366)
MOST: Final = 20
_PREFIX: Final = "caseload_"
_BEARER: Final = "bearer "
_BYTES: Final = 32
_WRITE_EVERY: Final = dt.timedelta(hours=1)  # the time of last use is a database write


class TokenRefusedError(RefusedError):
    """A token cannot be made like this."""


@dataclass(frozen=True, slots=True)
class Made:
    """A new token: the row, and the words that are shown this once."""

    row: ApiToken
    secret: str


def grantable(actor: Actor) -> list[str]:
    """What the actor may hand on to a program."""
    return [name for name in GRANTABLE if actor.may(name)]


def words_of(permission: str) -> str:
    """What a program may with it: read, also where a person may change."""
    return _READING.get(permission) or REGISTRY[permission].words


def visible_tokens(actor: Actor) -> QuerySet[ApiToken]:
    """Tokens of this practice that are not taken back: one's own, or everybody's for who decides on access."""
    rows = ApiToken.objects.filter(practice_id=actor.practice_id, revoked_at=None).order_by("-made_at")
    return rows if actor.may("members:edit") else rows.filter(user_id=actor.user_id or 0)


@transaction.atomic
def make(*, actor: Actor, name: str, permissions: Collection[str], expires_on: dt.date) -> Made:
    """A token of the actor's. TokenRefusedError names what stands against it."""
    actor.require("api:use")
    if actor.user_id is None or actor.organization_id is not None:
        raise TokenRefusedError("Only a person with a role in this practice can make a token.")
    said = " ".join(name.split())
    _refuse(actor, said, permissions, expires_on)
    secret = _PREFIX + secrets.token_urlsafe(_BYTES)
    row = ApiToken.objects.create(
        practice_id=actor.practice_id,
        user_id=actor.user_id,
        name=said,
        token_hash=_hash(secret),
        hint=secret[-4:],
        permissions=sorted(permissions),
        made_at=clock.now(),
        expires_on=expires_on,
    )
    audit.record("api_token.made", actor=actor, row=row, after=_facts(row))
    return Made(row, secret)


@transaction.atomic
def revoke(*, actor: Actor, token_id: int) -> ApiToken:
    """Takes a token back at once and for good; Http404 for what is not the actor's to take."""
    row = visible_tokens(actor).select_for_update().filter(pk=token_id).first()
    if row is None:
        raise Http404
    row.revoked_at = clock.now()
    row.save(update_fields=["revoked_at"])
    audit.record("api_token.revoked", actor=actor, row=row, before=_facts(row))
    return row


def presented(request: HttpRequest) -> tuple[User, ApiToken] | None:
    """Whose token the request carries, where it is known, running, and its owner's account is active."""
    given = request.headers.get("Authorization", "")
    if not given.lower().startswith(_BEARER):
        return None
    row = ApiToken.objects.filter(token_hash=_hash(given[len(_BEARER) :].strip()), revoked_at=None).first()
    user = User.objects.filter(pk=row.user_id, is_active=True).select_related("person").first() if row else None
    return (user, row) if row and user else None


def holds(token: ApiToken, practice: Practice) -> bool:
    """Whether the token is for this practice and its last day is not over there."""
    return token.practice_id == practice.pk and clock.today(practice) <= token.expires_on


def narrowed(actor: Actor, token: ApiToken) -> Actor:
    """The actor with no more than the token holds, and no more than its owner may by now."""
    return replace(actor, permissions=actor.permissions & frozenset(token.permissions))


def note_use(token: ApiToken) -> None:
    """Keeps when the token was last used, at most once an hour."""
    now = clock.now()
    if token.used_at is None or now - token.used_at >= _WRITE_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(used_at=now)


def _refuse(actor: Actor, name: str, permissions: Collection[str], expires_on: dt.date) -> None:
    if not name:
        raise TokenRefusedError("Say what the token is for.", "name")
    if not permissions:
        raise TokenRefusedError("Choose what the program may read.", "permissions")
    if not set(permissions) <= set(grantable(actor)):
        raise TokenRefusedError("A token can hold no more than you may do yourself.", "permissions")
    today = clock.today(Practice.objects.get(pk=actor.practice_id))
    if expires_on < today:
        raise TokenRefusedError("This day is over. Choose today or a later one.", "expires_on")
    if expires_on > today + LONGEST:
        raise TokenRefusedError("A token ends within a year. Choose an earlier day.", "expires_on")
    own = ApiToken.objects.filter(practice_id=actor.practice_id, user_id=actor.user_id or 0, revoked_at=None)
    if own.count() >= MOST:
        raise TokenRefusedError(f"You have {MOST} tokens here. Take one back first.")


def _facts(row: ApiToken) -> dict[str, object]:
    return {"name": row.name, "permissions": row.permissions, "expires_on": row.expires_on.isoformat()}


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
