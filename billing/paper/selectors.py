"""What the pages about remittances on paper show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from billing.models import Claim, ClaimLine, PaperDraft
from billing.paper.drafts import keyed, typed
from billing.paper.keying import COLUMNS, FIELDS, OTHER, PAID, REASON, Keyed
from billing.remittances.selectors.question import search_claims
from practice.actors import Actor

LABELS: Final = {PAID: "Paid", **{column: words for column, (words, _, _) in COLUMNS.items()}, OTHER: "Other amount"}
_FOUND: Final = 8
_OPEN: Final = (Claim.Status.SENT, Claim.Status.RECEIVED, Claim.Status.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a line: its name in the form, its label, and what is typed."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line of a claim with its fields and the group and reason of the other amount."""

    line: ClaimLine
    cells: list[Cell]
    reason: Cell


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A draft with its claims as the form shows them, what it says, and claims to add."""

    row: PaperDraft
    keyed: Keyed
    claims: list[tuple[Claim, list[LineShown]]]
    offers: list[Claim]


def drafts(actor: Actor) -> list[PaperDraft]:
    """Those that are not finished, the last touched first."""
    rows = (
        PaperDraft.objects.filter(remittance__isnull=True)
        if actor.may("remittances:view")
        else PaperDraft.objects.none()
    )
    return list(rows.select_related("payer").order_by("-changed_at", "-pk")[:50])


def draft_page(actor: Actor, pk: int, words: str) -> DraftPage | None:
    """One draft; None when it is not there or finished. With no words the payer's oldest open claims are offered."""
    row = PaperDraft.objects.filter(pk=pk, remittance__isnull=True).select_related("payer", "scan").first()
    if row is None or not actor.may("remittances:view"):
        return None
    ids = [one["claim"] for one in row.claims]
    claims = {one.pk: one for one in Claim.objects.filter(pk__in=ids).select_related("client", "payer")}
    lines: dict[int, list[LineShown]] = {pk: [] for pk in ids}
    for one in ClaimLine.objects.filter(claim__in=ids).order_by("position"):
        lines[one.claim_id].append(_line(row, one))
    found = search_claims(actor, words) if words else search_claims(actor, "").filter(status__in=_OPEN)
    if row.payer_id and not words:
        found = found.filter(payer=row.payer_id).order_by("service_on", "pk")
    offers = list(found.exclude(pk__in=ids)[:_FOUND]) if words or row.payer_id else []
    return DraftPage(row, keyed(row), [(claims[pk], lines[pk]) for pk in ids], offers)


def _line(row: PaperDraft, one: ClaimLine) -> LineShown:
    said: dict[str, Any] = typed(row, one.claim_id, one.charge_id)
    start = f"{one.claim_id}-{one.charge_id}"
    cells = [Cell(f"{start}-{name}", LABELS[name], said.get(name, "")) for name in FIELDS]
    return LineShown(one, cells, Cell(f"{start}-{REASON}", "Group and reason", said.get(REASON, "")))
