"""Whose claim of a former system an answer may be about: clients by member ID or name, and who treated them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from billing.models import LegacyClaim, Remittance, RemittanceClaim
from clients.models import Client, Coverage
from clients.policies import visible_clients
from clinicians.models import Clinician
from practice.actors import Actor
from scheduling.models import Attendance

_MOST: Final = 8


@dataclass(frozen=True, slots=True)
class Offer:
    """The clients it may be, the likeliest first with why, and the clinicians with the likeliest first."""

    clients: list[tuple[Client, str]]
    clinicians: list[Clinician]


def offer(actor: Actor, row: RemittanceClaim) -> Offer:
    """In four queries; no client where neither the member ID nor the name is known here."""
    members = Coverage.objects.filter(member_id__iexact=row.member_id) if row.member_id else Coverage.objects.none()
    by_number = set(members.values_list("client_id", flat=True))
    names = Q(pk__in=by_number)
    for word in row.client_name.split():
        names |= Q(last_name__iexact=word)
    found = list(visible_clients(actor).filter(names).order_by("last_name", "first_name", "pk")[:_MOST])
    found.sort(key=lambda one: one.pk not in by_number)
    said = [(one, "same member ID" if one.pk in by_number else "same last name") for one in found]
    return Offer(said, _clinicians(row, [one.pk for one in found]))


def made_from(row: Remittance) -> list[LegacyClaim]:
    """The claims of a former system that were made from a remittance and not undone."""
    rows = LegacyClaim.objects.filter(remittance_claim__remittance=row, undone_at=None)
    return list(rows.select_related("claim__client").order_by("pk"))


def _clinicians(row: RemittanceClaim, clients: list[int]) -> list[Clinician]:
    """Who saw the likeliest client most lately, then the others by name."""
    seen = Attendance.objects.filter(client__in=clients[:1], rendering__isnull=False).order_by("-session__starts_at")
    first = seen.values_list("rendering_id", flat=True).first()
    rows = list(Clinician.objects.order_by("last_name", "first_name"))
    said = row.said.get("Clinician", "").casefold()
    return sorted(rows, key=lambda one: (one.last_name.casefold() not in said or not said, one.pk != first))
