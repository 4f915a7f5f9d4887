"""How many authorized units were billed: what the client page's meters and the calendar's warnings are made of."""

from __future__ import annotations

from collections.abc import Collection

from billing.models import Charge
from clients.authorizations import Visit, fill
from clients.models import Authorization


def billed_units(authorization_ids: Collection[int]) -> dict[int, int]:
    """Units of charges that stand, by authorization; add-ons are no visit of their own. Two queries.

    The other authorizations of the same plans take part: a visit counts on one of them only.
    """
    if not authorization_ids:
        return {}
    plans = Authorization.objects.filter(pk__in=authorization_ids).values("coverage")
    found = Authorization.objects.filter(coverage__in=plans).select_related("coverage").order_by("starts_on", "pk")
    allowed: dict[int, list[Authorization]] = {}
    for row in found:
        allowed.setdefault(row.coverage_id, []).append(row)
    visits = _billed({row.coverage.client_id for rows in allowed.values() for row in rows})
    used = {pk: count for plan, rows in allowed.items() for pk, count in fill(rows, visits.get(plan, []))[1].items()}
    return {pk: used.get(pk, 0) for pk in authorization_ids}


def _billed(client_ids: Collection[int]) -> dict[int, list[Visit]]:
    """Charges of the clients' sessions by plan, in the order of time, as the readiness check puts them."""
    rows = Charge.objects.filter(client__in=client_ids, kind=Charge.Kind.SESSION, undone_at=None)
    found: dict[int, list[Visit]] = {}
    for plan, date, code, units in rows.order_by("attendance__session__starts_at", "attendance").values_list(
        "coverage_id", "service_on", "code", "units"
    ):
        if plan is not None:
            found.setdefault(plan, []).append(Visit(None, date, code, units))
    return found
