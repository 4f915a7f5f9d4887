"""Lines that a payer judged together: their money stands on one line, and belongs to the charges of all. Pure.

Two forms (005010X221A1 sections 1.10.2.6 and 1.10.2.7). Every line comes back under the code of the bundle, with the
code that was billed beside it: one carries the money of all, above its own charge, the others are adjusted to nothing
as included in it (97). Or one line alone comes back with the charges of several.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from billing.ledger.postings import ChargeFacts
from billing.remittances.loading import SaidLine
from billing.remittances.posting import Part
from practice.money import ZERO, allocate, total

_INCLUDED: Final = "97"


def bundles(lines: Sequence[SaidLine], charges: Sequence[ChargeFacts]) -> list[frozenset[int]]:
    """The charges that were judged together, by the lines of one answer."""
    found = [one for one in (_by_code(group) for group in _groups(lines)) if one]
    return found or _by_amount(lines, charges)


def spread(
    parts: Mapping[int, list[Part]], together: Iterable[Collection[int]], charges: Sequence[ChargeFacts]
) -> dict[int, list[Part]]:
    """The parts with those of each bundle added up and split over its charges by their amounts, to the cent."""
    known = {facts.charge_id: facts.amount for facts in charges}
    made = {pk: list(rows) for pk, rows in parts.items()}
    for bundle in together:
        ids = [pk for pk in known if pk in bundle]
        whole = _pooled([part for pk in ids for part in made.get(pk, [])])
        shares = zip(*(allocate(amount, [known[pk] for pk in ids]) for amount in _amounts(whole)), strict=True)
        for pk, share in zip(ids, shares, strict=True):
            made[pk] = [replace(Part(*share), is_denied=whole.is_denied)]
    return made


def _groups(lines: Sequence[SaidLine]) -> list[list[SaidLine]]:
    found: dict[str, list[SaidLine]] = {}
    for line in lines:
        if line.row.original:
            found.setdefault(line.row.code, []).append(line)
    return [group for group in found.values() if len(group) > 1]


def _by_code(group: Sequence[SaidLine]) -> frozenset[int]:
    """The charges of a group in which one line carries what the others were adjusted by; none where it does not."""
    empty = [line for line in group if not line.row.paid and any(one.reason == _INCLUDED for one in line.adjustments)]
    carried = -total(one.amount for line in group for one in line.adjustments if one.amount < ZERO)
    ids = frozenset(line.row.charge_id for line in group if line.row.charge_id is not None)
    is_bundle = bool(empty) and carried == total(line.row.charged for line in empty) and len(ids) > 1
    return ids if is_bundle else frozenset()


def _by_amount(lines: Sequence[SaidLine], charges: Sequence[ChargeFacts]) -> list[frozenset[int]]:
    """One line whose charge is that of its own and of all charges that no line names."""
    known = {facts.charge_id: facts.amount for facts in charges}
    named = {line.row.charge_id for line in lines}
    silent = [pk for pk in known if pk not in named]
    for pk in [pk for pk in known if pk in named]:
        said: Decimal = total(line.row.charged for line in lines if line.row.charge_id == pk)
        if silent and said == known[pk] + total(known[one] for one in silent):
            return [frozenset({pk, *silent})]
    return []


def _pooled(parts: Sequence[Part]) -> Part:
    """What is refused of a bundle is what nothing else explains: its lines of nothing are paid on another."""
    charged, paid = total(one.charged for one in parts), total(one.paid for one in parts)
    write_off, patient = total(one.write_off for one in parts), total(one.patient for one in parts)
    onward = total(one.onward for one in parts)
    refused = total(one.charged if one.is_denied else one.refused for one in parts)
    left = max(min(refused, charged - paid - write_off - patient - onward), ZERO)
    return Part(charged, paid, write_off, patient, left, onward, is_denied=all(one.is_denied for one in parts))


def _amounts(part: Part) -> tuple[Decimal, ...]:
    return part.charged, part.paid, part.write_off, part.patient, part.refused, part.onward
