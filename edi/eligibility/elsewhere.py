"""Who else has to do with the coverage: a payer behavioral health is carved out to, other payers, the main doctor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from edi.codes.eligibility import service_types
from edi.eligibility.benefit import Benefit, Entity
from edi.parties import Name

PAYERS: Final = frozenset({"PR", "2B", "Y2", "X3", "VN", "13"})
"""Roles (NM101) of whoever may pay for or run a part of the benefits."""

OTHER_PAYERS: Final = frozenset({"PR", "PRP", "SEP", "TTP"})
PRIMARY_CARE: Final = "P3"
OTHER_COVERAGE: Final = "R"


@dataclass(frozen=True, slots=True)
class CarveOut:
    """Somebody other than the payer who is named for behavioral health: a suggestion, never a decision."""

    entity: Entity
    service_types: tuple[str, ...]
    row: Benefit


def carve_outs(rows: Sequence[Benefit], payer: Name | None) -> tuple[CarveOut, ...]:
    """Each payer or manager that a row on behavioral health alone names beside the payer itself."""
    return tuple(_carve_outs(rows, payer))


def other_payers(rows: Sequence[Benefit]) -> tuple[Entity, ...]:
    """The payers of other coverage (EB01 R)."""
    return tuple(
        entity
        for row in rows
        if row.information == OTHER_COVERAGE
        for entity in row.entities
        if entity.name.role in OTHER_PAYERS
    )


def primary_care(rows: Sequence[Benefit]) -> tuple[Entity, ...]:
    """The primary care providers on file."""
    found = (entity for row in rows for entity in row.entities if entity.name.role == PRIMARY_CARE)
    return tuple(dict.fromkeys(found))


def _carve_outs(rows: Sequence[Benefit], payer: Name | None) -> Iterator[CarveOut]:
    known = service_types()
    for row in rows:
        named = [known.get(code) for code in row.service_types]
        if row.information == OTHER_COVERAGE or not named:
            continue
        if all(one is not None and one.is_behavioral for one in named):
            for entity in row.entities:
                if entity.name.role in PAYERS and not _is_same(entity.name, payer):
                    yield CarveOut(entity, row.service_types, row)


def _is_same(one: Name, other: Name | None) -> bool:
    """Whether two names are of one payer, by number or by name."""
    if other is None:
        return False
    return bool(one.id and one.id == other.id) or one.full.casefold() == other.full.casefold()
