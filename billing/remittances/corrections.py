"""Clients whom a payer knows otherwise (NM1*74): noticed when an answer is posted, taken over by a click, or left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import transaction
from django.http import Http404

from billing.models import Claim, ClientCorrection, RemittanceClaim
from billing.remittances.errors import RemittanceRefusedError
from clients.models import Coverage
from clients.services.coverages import change_coverage
from clients.services.people import change_client
from practice import audit, clock, states
from practice.actors import Actor

S: Final = ClientCorrection.Status
_NAMES: Final = (("first_name", "subscriber_first_name"), ("last_name", "subscriber_last_name"))
_LONGEST: Final = {"first_name": 35, "last_name": 60, "member_id": 30}
_SKIPPED: Final = frozenset({"id", "practice", "client"})


def notice(said: Sequence[RemittanceClaim], *, actor: Actor) -> None:
    """Makes a task of every answer that names a client of ours otherwise than we do, each once."""
    told = [row for row in said if row.corrected and row.claim_id and not row.is_reversal]
    if not told:
        return
    rows = Claim.objects.filter(pk__in=[row.claim_id for row in told]).select_related("client", "coverage")
    claims = {claim.pk: claim for claim in rows}
    of_clients = [claim.client_id for claim in claims.values()]
    known = {_facts(one) for one in ClientCorrection.objects.filter(client__in=of_clients).exclude(status=S.CHANGED)}
    answered = set(
        ClientCorrection.objects.filter(remittance_claim__in=told).values_list("remittance_claim_id", flat=True)
    )
    made = [
        one for row in told if row.pk not in answered for one in [_correction(row, claims[row.claim_id or 0])] if one
    ]
    fresh = list({_facts(one): one for one in made if _facts(one) not in known}.values())
    ClientCorrection.objects.bulk_create(fresh)
    states.record_first(fresh, actor=actor)


@transaction.atomic
def change(correction_id: int, *, actor: Actor) -> ClientCorrection:
    """Takes over what the payer wrote; what stood there before is kept for the undo."""
    row = _open(correction_id, actor)
    before = _present(row)
    _write(row, {name: getattr(row, name) for name in before}, actor)
    row.before = before
    row.save(update_fields=["before"])
    states.transition(row, S.CHANGED, actor=actor)
    _told("client.corrected", row, actor, before)
    return row


@transaction.atomic
def keep(correction_id: int, *, actor: Actor) -> ClientCorrection:
    """Leaves the client as they are."""
    row = _open(correction_id, actor)
    states.transition(row, S.KEPT, actor=actor)
    _told("client.correction_kept", row, actor, {})
    return row


@transaction.atomic
def undo(correction_id: int, *, actor: Actor) -> ClientCorrection:
    """Puts back what stood there before; RemittanceRefusedError when it was changed again since."""
    row = _locked(correction_id, actor)
    if row.status == S.OPEN:
        raise RemittanceRefusedError("Nothing was decided about this yet.")
    if row.status == S.CHANGED:
        if any(_written(name, getattr(row, name)) != value for name, value in _present(row).items()):
            raise RemittanceRefusedError("This client was changed again since. Change the record itself.")
        _write(row, row.before, actor)
    states.transition(row, S.OPEN, actor=actor, reason="Undone")
    _told("client.correction_undone", row, actor, {})
    return row


def _correction(row: RemittanceClaim, claim: Claim) -> ClientCorrection | None:
    """What differs beyond capitals and blanks; None where nothing does."""
    made = ClientCorrection(
        remittance_claim=row,
        client=claim.client,
        coverage=claim.coverage,
        first_name=_written("first_name", row.corrected.get("first", "")),
        last_name=_written("last_name", row.corrected.get("last", "")),
        member_id=_written("member_id", row.corrected.get("member_id", "")),
        made_at=clock.now(),
    )
    ours = _ours(made)
    for name, value in ours.items():
        if _plain(value) == _plain(getattr(made, name)):
            setattr(made, name, "")
    return made if any(getattr(made, name) for name in ours) else None


def _written(name: str, value: str) -> str:
    """Payers write capitals; a name is written as names are."""
    value = value[: _LONGEST[name]]
    return value.title() if name != "member_id" and value.isupper() else value


def _ours(row: ClientCorrection) -> dict[str, str]:
    """Name and number as we send them: of the subscriber, who may be the client."""
    is_self = row.coverage.relationship == Coverage.Relationship.SELF
    names = {mine: getattr(row.client, mine) if is_self else getattr(row.coverage, theirs) for mine, theirs in _NAMES}
    return names | {"member_id": row.coverage.member_id}


def _present(row: ClientCorrection) -> dict[str, str]:
    """What stands there now of all that the payer wrote otherwise."""
    return {name: value for name, value in _ours(row).items() if getattr(row, name)}


def _write(row: ClientCorrection, values: dict[str, str], actor: Actor) -> None:
    """Changes the client, or the coverage where the subscriber is somebody else, by their own services."""
    is_self = row.coverage.relationship == Coverage.Relationship.SELF
    of_client = {name: values[name] for name, _ in _NAMES if is_self and name in values}
    of_coverage = {theirs: values[mine] for mine, theirs in _NAMES if not is_self and mine in values}
    if "member_id" in values:
        of_coverage["member_id"] = values["member_id"]
    if of_client:
        change_client(actor=actor, client_id=row.client_id, **of_client)
    if of_coverage:
        whole: dict[str, Any] = {
            field.name: getattr(row.coverage, field.name)
            for field in Coverage._meta.concrete_fields
            if field.name not in _SKIPPED
        }
        change_coverage(actor=actor, coverage_id=row.coverage_id, **(whole | of_coverage))


def _plain(value: str) -> str:
    return "".join(filter(str.isalnum, value)).casefold()


def _facts(row: ClientCorrection) -> tuple[int, int, str, str, str]:
    return row.client_id, row.coverage_id, row.first_name, row.last_name, row.member_id


def _open(correction_id: int, actor: Actor) -> ClientCorrection:
    row = _locked(correction_id, actor)
    if row.status != S.OPEN:
        raise RemittanceRefusedError(f"This was decided already: {row.get_status_display().lower()}.")
    return row


def _locked(correction_id: int, actor: Actor) -> ClientCorrection:
    actor.require("remittances:edit")
    actor.require("clients:edit")
    rows = ClientCorrection.objects.select_for_update(no_key=True, of=("self",))
    row = rows.select_related("client", "coverage__payer").filter(pk=correction_id).first()
    if row is None:
        raise Http404
    return row


def _told(action: str, row: ClientCorrection, actor: Actor, before: dict[str, str]) -> None:
    after = {name: getattr(row, name) for name in before}
    audit.record(action, actor=actor, row=row, client_id=row.client_id, before=before or None, after=after or None)


def open_ones(remittance_claims: Iterable[int]) -> list[ClientCorrection]:
    """The undecided ones of these answers, for the page of their remittance."""
    rows = ClientCorrection.objects.filter(remittance_claim__in=list(remittance_claims), status=S.OPEN)
    return list(rows.select_related("client", "coverage").order_by("pk"))
