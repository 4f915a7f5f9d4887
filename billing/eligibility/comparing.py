"""What of an answer a person should look at, and what changed since the last one. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from billing.eligibility.facts import Facts
from practice.templatetags._words import money


class Kind(StrEnum):
    """What an alert is about."""

    REJECTED = "rejected"
    INACTIVE = "inactive"
    ENDS = "ends"
    CARVE_OUT = "carve_out"
    OTHER_PAYER = "other_payer"
    COPAY = "copay"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What our own record says of the coverage."""

    payer: str
    copay: Decimal | None


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to look at, in a sentence."""

    kind: Kind
    words: str

    def as_data(self) -> dict[str, str]:
        """As it is stored."""
        return {"kind": self.kind.value, "words": self.words}


def alerts(now: Facts, before: Facts | None, record: OnRecord) -> list[Alert]:
    """What to look at, the worst first; what the former answer said already is not said again, but for the worst."""
    return list(_alerts(now, before, record))


def _alerts(now: Facts, before: Facts | None, record: OnRecord) -> Iterator[Alert]:
    if now.is_active is None and now.rejects:
        yield Alert(Kind.REJECTED, f"{record.payer} does not find the client: {_lower(now.rejects[0].words)}.")
        return
    if now.is_active is False:
        since = " any more" if before is not None and before.is_active else ""
        yield Alert(Kind.INACTIVE, f"{record.payer} says that the plan is not active{since}.")
        return
    yield from _elsewhere(now, before, record)
    yield from _money(now, before, record)


def _elsewhere(now: Facts, before: Facts | None, record: OnRecord) -> Iterator[Alert]:
    known = {one.name.casefold() for one in (*before.carve_outs, *before.other_payers)} if before else set()
    for party in now.carve_outs:
        if party.name.casefold() not in known:
            yield Alert(Kind.CARVE_OUT, f"{party.name} pays behavioral health for this plan of {record.payer}.")
    for party in now.other_payers:
        if party.name.casefold() not in known:
            yield Alert(Kind.OTHER_PAYER, f"{record.payer} knows of other insurance: {party.name}.")


def _money(now: Facts, before: Facts | None, record: OnRecord) -> Iterator[Alert]:
    copay = now.copay.amount if now.copay else None
    was = before.copay.amount if before and before.copay else None
    if copay is not None and copay not in {record.copay, was}:
        on_record = "has none" if record.copay is None else f"says {money(record.copay)}"
        yield Alert(Kind.COPAY, f"The copay is {money(copay)}; the coverage on record {on_record}.")
    if before is None:
        return
    if before.is_active is False and now.is_active:
        yield Alert(Kind.CHANGED, "The plan is active again.")
    if before.plan_name and now.plan_name and before.plan_name != now.plan_name:
        yield Alert(Kind.CHANGED, f"The plan is now {now.plan_name}; it was {before.plan_name}.")


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
