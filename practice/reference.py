"""Loads the directory and the code sets from `practice/data/` into their shared tables, as the database owner."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.db import models, transaction

from practice.models import Credential, Modifier, PayerDirectoryEntry, PlaceOfService, ServiceCode, Taxonomy

DATA: Final = Path(__file__).parent / "data"
Row = dict[str, str]


@dataclass(frozen=True)
class Table:
    """One file, the model it fills, its key, and how a row of the file becomes the model's values."""

    file: str
    model: type[models.Model]
    key: str
    values: Callable[[Row], dict[str, Any]]


def _several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


def _payer(row: Row) -> dict[str, Any]:
    plain = ("payer_id", "name", "kind", "claim_filing_indicator")
    return {name: row[name] for name in plain} | {
        "aliases": row["aliases"][:200],
        "states": _several(row["states"]),
        "note": row["note"],
        "electronic_claims": row["electronic_claims"] == "y",
        "electronic_eligibility": row["electronic_eligibility"] == "y",
        "electronic_remittance": row["electronic_remittance"] == "y",
    }


def _service(row: Row) -> dict[str, Any]:
    plain = ("code_set", "name", "category", "units_rule", "telehealth_ok", "notes")
    return {name: row[name] for name in plain} | {
        "time_min": _number(row["time_min"]),
        "time_max": _number(row["time_max"]),
        "add_on_to": _several(row["add_on_to"]),
        "needs_diagnosis": row["needs_diagnosis"] == "yes",
        "credential_groups": _several(row["credential_groups"]),
    }


def _plain(*names: str) -> Callable[[Row], dict[str, Any]]:
    return lambda row: {name: row[name] for name in names}


def _place(row: Row) -> dict[str, Any]:
    return {"name": row["name"], "telehealth": row["telehealth"] == "yes", "relevance": row["relevance"]}


TABLES: Final = (
    Table("payers.csv", PayerDirectoryEntry, "key", _payer),
    Table("service_codes.csv", ServiceCode, "code", _service),
    Table("taxonomies.csv", Taxonomy, "code", _plain("kind", "name", "profession")),
    Table(
        "credentials.csv",
        Credential,
        "abbreviation",
        _plain("name", "level", "profession", "taxonomy", "typical_modifier"),
    ),
    Table("place_of_service.csv", PlaceOfService, "code", _place),
    Table("modifiers.csv", Modifier, "code", _plain("category", "meaning")),
)


def load_all(using: str = "owner") -> dict[str, int]:
    """Brings every table to its file, by key; rows that left a file stay, because tenants may point to them."""
    with transaction.atomic(using=using):
        return {table.file: _load(table, using) for table in TABLES}


def _load(table: Table, using: str) -> int:
    rows = [table.model(**{table.key: row[table.key]}, **table.values(row)) for row in _read(table.file)]
    names = [field.name for field in table.model._meta.concrete_fields if not field.primary_key]
    table.model._default_manager.using(using).bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=[table.key],
        update_fields=[name for name in names if name != table.key],
    )
    return len(rows)


def _read(file: str) -> Iterator[Row]:
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
