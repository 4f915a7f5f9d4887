"""Who may know of, read, write, sign and co-sign a session's documentation.

- Holders of `documentation:view` know the state of every session's, clinicians of their own, supervisors of those
  they supervise today.
- The text is for the session's clinician, whoever supervises them, and holders of `documentation:read`.
- Only the session's clinician writes and signs; only their supervisor co-signs.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from clinicians.policies import own_clinician_id, supervised_ids
from practice.actors import Actor
from scheduling.models import Attendance, SessionClinician


@dataclass(frozen=True, slots=True)
class Reach:
    """Which clinicians' documentation the actor has to do with: their own, those they supervise, or all."""

    own: int | None
    supervised: frozenset[int]
    sees_all: bool
    reads_all: bool

    def may_read(self, clinician_id: int | None) -> bool:
        """Whether the text is for them."""
        return self.reads_all or self.may_write(clinician_id) or self.may_cosign(clinician_id)

    def may_write(self, clinician_id: int | None) -> bool:
        """Whether they are the session's clinician."""
        return clinician_id is not None and clinician_id == self.own

    def may_cosign(self, clinician_id: int | None) -> bool:
        """Whether they answer for the session's clinician."""
        return clinician_id in self.supervised


def reach_of(actor: Actor) -> Reach:
    """How far the actor's permissions and relations reach; at most three queries."""
    return Reach(
        own=own_clinician_id(actor) if actor.may("documentation:own") else None,
        supervised=frozenset(supervised_ids(actor)) if actor.may("documentation:cosign") else frozenset(),
        sees_all=actor.may("documentation:view", "documentation:read"),
        reads_all=actor.may("documentation:read"),
    )


def visible_attendances(reach: Reach) -> QuerySet[Attendance]:
    """The attendances whose documentation the actor may know of."""
    return Attendance.objects.filter(_within(reach))


def knows(actor: Actor) -> Q:
    """The same as a condition; who knows of all is not asked whom they supervise."""
    return Q() if actor.may("documentation:view", "documentation:read") else _within(reach_of(actor))


def _within(reach: Reach) -> Q:
    return Q() if reach.sees_all else given_by({*reach.supervised, reach.own or 0})


def given_by(clinician_ids: Collection[int]) -> Q:
    """Sessions that these clinicians gave: the rendering one where it is fixed, else who leads the session."""
    led = SessionClinician.objects.filter(clinician__in=clinician_ids, is_lead=True).values("session")
    return Q(rendering__in=clinician_ids) | Q(rendering__isnull=True, session__in=led)
