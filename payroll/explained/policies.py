"""Whose pay somebody may read line by line. The answer is a `Reach`; every selector here starts from one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from clinicians.models import Clinician
from payroll.models import PayLine, PayRun, RuleSet, RunTotal
from practice.actors import Actor

_SHOWN: Final = tuple(status for status in PayRun.Status if status is not PayRun.Status.DRAFT)


@dataclass(frozen=True, slots=True)
class Reach:
    """The pay of one person, open to the actor; of one's own only what is computed."""

    who: Clinician
    is_own: bool

    @property
    def clinician_id(self) -> int:
        """The person's key."""
        return self.who.pk

    def runs(self) -> QuerySet[PayRun]:
        """Runs that have something of this person's."""
        found = PayRun.objects.filter(pk__in=self.totals().values("run_id"))
        return found if self.is_own else PayRun.objects.all()

    def lines(self) -> QuerySet[PayLine]:
        """The person's lines."""
        rows = PayLine.objects.filter(clinician=self.clinician_id)
        return rows.filter(run__status__in=_SHOWN) if self.is_own else rows

    def totals(self) -> QuerySet[RunTotal]:
        """The person's totals."""
        rows = RunTotal.objects.filter(clinician=self.clinician_id)
        return rows.filter(run__status__in=_SHOWN) if self.is_own else rows

    def rule_sets(self) -> QuerySet[RuleSet]:
        """The versions of the person's rules."""
        return RuleSet.objects.filter(engagement__clinician=self.clinician_id)


def own(actor: Actor) -> Reach | None:
    """One's own pay; None for who has no clinician record here. PermissionDenied without `payroll:own`."""
    actor.require("payroll:own")
    who = Clinician.objects.filter(user=actor.user_id or 0).first()
    return None if who is None else Reach(who, is_own=True)


def of_person(actor: Actor, clinician_id: int) -> Reach | None:
    """Anybody's pay, for who runs payroll; None where there is no such person. PermissionDenied otherwise."""
    actor.require("payroll:view")
    who = Clinician.objects.filter(pk=clinician_id).first()
    return None if who is None else Reach(who, is_own=False)
