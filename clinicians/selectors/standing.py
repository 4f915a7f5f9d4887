"""How clinicians stood on a day, as plain facts: what readiness and pay ask for many rows at once.

Each `…_on` makes one query for any number of clinicians; the `…_of` give every dated row, for questions about many
days. Without `clinician_ids` they answer for everybody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any, Final

from django.db.models import QuerySet

from clinicians.models import Engagement, Enrollment, License, Supervision

Facts = dict[str, Any]
Ids = Collection[int] | None
IN_NETWORK: Final = frozenset({Enrollment.Status.EFFECTIVE, Enrollment.Status.ENDED})
PAY_FILE: Final = {
    Engagement.Kind.W2_EXEMPT: "w2",
    Engagement.Kind.W2_NONEXEMPT: "w2",
    Engagement.Kind.CONTRACTOR: "1099",
    Engagement.Kind.PARTNER: "",
    Engagement.Kind.SOLE_OWNER: "",
}


def licenses_of(clinician_ids: Ids = None) -> dict[int, list[Facts]]:
    """Every license by clinician: id, state, kind, number, issued_on, expires_on."""
    names = ("id", "clinician_id", "state", "kind", "number", "issued_on", "expires_on")
    rows = _of(License.objects.order_by("state", "-expires_on", "pk"), clinician_ids).values(*names)
    return _by_clinician(rows)


def licenses_on(date: dt.date, clinician_ids: Ids = None) -> dict[int, list[Facts]]:
    """The licenses that held on the date, by clinician."""
    return {pk: [row for row in rows if _held(row, date)] for pk, rows in licenses_of(clinician_ids).items()}


def enrollments_of(clinician_ids: Ids = None) -> dict[tuple[int, int], Facts]:
    """Every enrollment by (clinician, payer): id, status, effective_on, ends_on, provider_number."""
    names = ("id", "clinician_id", "payer_id", "status", "effective_on", "ends_on", "provider_number")
    rows = _of(Enrollment.objects.order_by("pk"), clinician_ids).values(*names)
    return {(row["clinician_id"], row["payer_id"]): row for row in rows}


def enrollments_on(date: dt.date, clinician_ids: Ids = None) -> dict[tuple[int, int], Facts]:
    """Every enrollment by (clinician, payer), with `is_effective`: whether sessions of the date may be billed."""
    return {key: row | {"is_effective": is_effective(row, date)} for key, row in enrollments_of(clinician_ids).items()}


def is_effective(row: Facts, date: dt.date) -> bool:
    """Whether an enrollment, as `enrollments_of` gives it, held on the date."""
    if row["status"] not in IN_NETWORK or row["effective_on"] is None or row["effective_on"] > date:
        return False
    if row["ends_on"] is None:
        return bool(row["status"] == Enrollment.Status.EFFECTIVE)
    return bool(row["ends_on"] >= date)


def supervisors_of(clinician_ids: Ids = None) -> dict[int, list[Facts]]:
    """Every supervision by supervisee: id, supervisor_id, starts_on, ends_on, name, npi, credentials, level."""
    rows = _of(Supervision.objects.order_by("starts_on"), clinician_ids, "supervisee_id").select_related("supervisor")
    found: dict[int, list[Facts]] = {}
    for row in rows:
        found.setdefault(row.supervisee_id, []).append(_supervision(row))
    return found


def supervisors_on(date: dt.date, clinician_ids: Ids = None) -> dict[int, Facts]:
    """Who supervised each supervised clinician on the date."""
    return _running(supervisors_of(clinician_ids), date)


def engagements_of(clinician_ids: Ids = None) -> dict[int, list[Facts]]:
    """Every engagement by clinician, without numbers: id, kind, kind_words, file, starts_on, ends_on, business_name.

    `file` is the payroll file it belongs to: `w2`, `1099`, or nothing for a partner and a sole owner.
    """
    names = ("id", "clinician_id", "kind", "starts_on", "ends_on", "business_name", "tin_type")
    rows = _of(Engagement.objects.order_by("starts_on"), clinician_ids).values(*names)
    kinds = dict(Engagement.Kind.choices)
    told = (row | {"kind_words": kinds[row["kind"]], "file": PAY_FILE[Engagement.Kind(row["kind"])]} for row in rows)
    return _by_clinician(told)


def engagement_on(date: dt.date, clinician_ids: Ids = None) -> dict[int, Facts]:
    """The terms on which each clinician worked on the date; who had none is not there."""
    return _running(engagements_of(clinician_ids), date)


def _of(rows: QuerySet[Any], ids: Ids, name: str = "clinician_id") -> QuerySet[Any]:
    return rows if ids is None else rows.filter(**{f"{name}__in": list(ids)})


def _by_clinician(rows: Iterable[Facts]) -> dict[int, list[Facts]]:
    found: dict[int, list[Facts]] = {}
    for row in rows:
        found.setdefault(row["clinician_id"], []).append(row)
    return found


def _held(row: Facts, date: dt.date) -> bool:
    begun = row["issued_on"] is None or row["issued_on"] <= date
    return bool(begun and row["expires_on"] >= date)


def _running(spans: dict[int, list[Facts]], date: dt.date) -> dict[int, Facts]:
    return {
        pk: row
        for pk, rows in spans.items()
        for row in rows
        if row["starts_on"] <= date and (row["ends_on"] is None or row["ends_on"] >= date)
    }


def _supervision(row: Supervision) -> Facts:
    return {
        "id": row.pk,
        "supervisor_id": row.supervisor_id,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "name": row.supervisor.name,
        "first_name": row.supervisor.first_name,
        "last_name": row.supervisor.last_name,
        "npi": row.supervisor.npi,
        "credentials": row.supervisor.credentials,
        "level": row.supervisor.level,
    }
