"""Loads what remittances said, in a constant number of statements, and gives it back as the plain model of `edi`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from billing.models import ProviderAdjustment, Remittance, RemittanceAdjustment, RemittanceClaim, RemittanceLine
from edi.remittances import model as x12


@dataclass(slots=True)
class SaidLine:
    """A line and its adjustments."""

    row: RemittanceLine
    adjustments: list[RemittanceAdjustment] = field(default_factory=list)


@dataclass(slots=True)
class Said:
    """A claim of a remittance, its own adjustments and its lines."""

    row: RemittanceClaim
    adjustments: list[RemittanceAdjustment] = field(default_factory=list)
    lines: list[SaidLine] = field(default_factory=list)

    @property
    def all_adjustments(self) -> list[RemittanceAdjustment]:
        """The claim's own, then those of its lines."""
        return self.adjustments + [one for line in self.lines for one in line.adjustments]


def load(remittance: Remittance) -> list[Said]:
    """Every claim of a remittance, in order."""
    return of_rows(list(RemittanceClaim.objects.filter(remittance=remittance).order_by("position")))


def of_rows(rows: Sequence[RemittanceClaim]) -> list[Said]:
    """The claims with their lines and adjustments: two statements."""
    found = {row.pk: Said(row) for row in rows}
    lines: dict[int, SaidLine] = {}
    for line in RemittanceLine.objects.filter(remittance_claim__in=list(found)).order_by("position"):
        lines[line.pk] = SaidLine(line)
        found[line.remittance_claim_id].lines.append(lines[line.pk])
    for one in RemittanceAdjustment.objects.filter(remittance_claim__in=list(found)).order_by("pk"):
        owner = found[one.remittance_claim_id] if one.line_id is None else lines[one.line_id]
        owner.adjustments.append(one)
    return list(found.values())


def as_remittance(row: Remittance, said: Iterable[Said], provider: Iterable[ProviderAdjustment]) -> x12.Remittance:
    """The payment, its claims and provider adjustments: what has to balance."""
    return x12.Remittance(
        method=row.method,
        handling="",
        credit_debit="C",
        amount=row.amount,
        trace=row.trace,
        originator=row.originator,
        claims=tuple(as_payment(one) for one in said),
        provider_adjustments=tuple(
            x12.ProviderAdjustment("", None, one.reason, one.reference, one.amount) for one in provider
        ),
    )


def as_payment(said: Said) -> x12.ClaimPayment:
    """The money of a claim as `edi` knows it."""
    row = said.row
    return x12.ClaimPayment(
        row.position,
        row.number,
        row.status_code,
        row.charge,
        row.paid,
        adjustments=_adjustments(said.adjustments),
        lines=tuple(as_line(line) for line in said.lines),
    )


def as_line(line: SaidLine) -> x12.LinePayment:
    """The money of a line as `edi` knows it."""
    row = line.row
    procedure = x12.Procedure("HC", row.code, tuple(row.modifiers))
    return x12.LinePayment(procedure, row.charged, row.paid, adjustments=_adjustments(line.adjustments))


def _adjustments(rows: Iterable[RemittanceAdjustment]) -> tuple[x12.Adjustment, ...]:
    return tuple(x12.Adjustment(row.group, row.reason, row.amount) for row in rows)
