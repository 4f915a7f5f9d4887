"""Searches in the shared directory and code sets: reference data, the same for every practice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Final, TypeVar

from django.db.models import Case, IntegerField, Model, Q, QuerySet, Value, When

from practice.models import PayerDirectoryEntry, PlaceOfService, PracticePayer, Service, ServiceCode, Taxonomy

_Row = TypeVar("_Row", bound=Model)
MOST: Final = 50
COMMON_TAXONOMIES: Final = ("193400000X", "193200000X", "261QM0801X", "261QM0850X", "261QM0855X", "251S00000X")
COMMON_CODES: Final = (
    "90791", "90832", "90834", "90837", "90846", "90847", "90853", "90785", "90839", "90840", "90792",
)  # fmt: skip
_KINDS: Final = {
    "intake": Service.Kind.INTAKE,
    "psychotherapy": Service.Kind.INDIVIDUAL,
    "family": Service.Kind.FAMILY,
    "group": Service.Kind.GROUP,
    "crisis": Service.Kind.CRISIS,
    "testing": Service.Kind.TESTING,
    "em": Service.Kind.MEDICAL,
    "medication": Service.Kind.MEDICAL,
}
_USUAL_MINUTES: Final = {
    "90791": 60, "90792": 60, "90832": 30, "90834": 45, "90837": 60, "90839": 60, "90846": 50, "90847": 50, "90853": 90,
}  # fmt: skip
_DEFAULT_MINUTES: Final = 50
_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class PayerFound:
    """A payer of the directory, and the practice's own row where it is in use."""

    entry: PayerDirectoryEntry
    used: PracticePayer | None

    @property
    def also(self) -> str:
        """The other names it goes by."""
        return self.entry.aliases.replace(";", ", ")


@dataclass(frozen=True, slots=True)
class CodeFound:
    """A procedure code, and the services that have it already."""

    code: ServiceCode
    used: tuple[Service, ...]


def payers(words: str) -> list[PayerFound]:
    """The payers whose name, other names or ID hold every word, the exact ID first; two queries."""
    rows = PayerDirectoryEntry.objects.all()
    first = Case(When(payer_id__iexact=words.strip(), then=Value(0)), default=Value(1), output_field=IntegerField())
    found: list[PayerDirectoryEntry] = []
    if words.strip():
        found = list(_holding(rows, words, "name", "aliases", "payer_id").order_by(first, "name")[:MOST])
    used = {row.directory_entry_id: row for row in PracticePayer.objects.filter(directory_entry__in=found)}
    return [PayerFound(entry, used.get(entry.pk)) for entry in found]


def codes(words: str) -> list[CodeFound]:
    """The codes whose number, name or notes hold every word; the common ones for no words. Two queries."""
    rows = ServiceCode.objects.all()
    if words.strip():
        found = list(_holding(rows, words, "code", "name", "notes", "category")[:MOST])
    else:
        order = {code: place for place, code in enumerate(COMMON_CODES)}
        found = sorted(rows.filter(code__in=COMMON_CODES), key=lambda row: order[row.code])
    used: dict[str, list[Service]] = {}
    for service in Service.objects.filter(code__in=[row.code for row in found]):
        used.setdefault(service.code, []).append(service)
    return [CodeFound(row, tuple(used.get(row.code, ()))) for row in found]


def taxonomies(words: str, chosen: str = "") -> list[Taxonomy]:
    """The taxonomies that hold every word, groups and organizations first; the common ones for no words.

    The chosen one is always among them, first.
    """
    rows = Taxonomy.objects.all()
    if words.strip():
        found = _groups_first(_holding(rows, words, "code", "name", "profession"))
    else:
        found = _groups_first(rows.filter(code__in=COMMON_TAXONOMIES))
    first = list(rows.filter(code=chosen)) if chosen else []
    return first + [row for row in found if row.code != chosen][:MOST]


def places() -> list[PlaceOfService]:
    """Every place of service, those that outpatient therapy uses first."""
    order = {"high": 0, "medium": 1}
    return sorted(PlaceOfService.objects.all(), key=lambda row: (order.get(row.relevance, 2), row.code))


def draft(code: ServiceCode) -> dict[str, object]:
    """What a new service with this code starts with."""
    return {
        "code": code.code,
        "name": _short(code.name),
        "kind": _kind(code),
        "add_on_to": list(code.add_on_to),
        "time_min": code.time_min,
        "time_max": code.time_max,
        "units_rule": code.units_rule,
        "minutes": _minutes(code),
        "needs_diagnosis": code.needs_diagnosis,
        "telehealth": code.telehealth_ok != "no",
        "insured": True,
    }


def _kind(code: ServiceCode) -> Service.Kind:
    if code.add_on_to:
        return Service.Kind.ADD_ON
    return _KINDS.get(code.category, Service.Kind.OTHER)


def _minutes(code: ServiceCode) -> int:
    known = _USUAL_MINUTES.get(code.code)
    if known is not None:
        return known
    if code.time_min and code.time_max:
        return (code.time_min + code.time_max) // 10 * 5
    return _DEFAULT_MINUTES


def _short(name: str) -> str:
    """The name cut at its last whole part that fits."""
    if len(name) <= _NAME:
        return name
    return name[:_NAME].rpartition(" ")[0].rstrip(" ,:;")


def _holding(rows: QuerySet[_Row], words: str, *columns: str) -> QuerySet[_Row]:
    return rows.filter(reduce(and_, (_any_holds(word, columns) for word in words.split())))


def _any_holds(word: str, columns: Iterable[str]) -> Q:
    found = Q()
    for column in columns:
        found |= Q(**{f"{column}__icontains": word})
    return found


def _groups_first(rows: QuerySet[Taxonomy]) -> list[Taxonomy]:
    order = {"group": 0, "organization": 1}
    return sorted(rows, key=lambda row: (order.get(row.kind, 2), row.name))
