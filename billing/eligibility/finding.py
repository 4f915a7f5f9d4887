"""From the facts of a 271 to what we keep of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Final

from billing.eligibility.facts import Facts, Figure, Limit, Party, Person, Reject
from edi.eligibility import shares as x12
from edi.eligibility.benefit import Entity
from edi.eligibility.benefits import Benefits, Status
from edi.eligibility.rejection import Rejection
from edi.eligibility.said import Said

IN_NETWORK: Final = "in"
_PHONE: Final = "TE"


def found(said: Benefits, *, is_doubtful: bool = False) -> Facts:
    """What an answer says; figures out of network are left to the raw answer."""
    inside, unstated = said.in_network, said.unstated
    network, cost = _cost(inside, unstated)
    return Facts(
        is_active=said.is_active,
        is_under_review=said.status is not None and said.status.value is Status.REVIEW,
        since=said.since,
        until=said.until,
        plan_name=_one(said.plan_name) or "",
        insurance=_one(said.insurance) or "",
        group_number=said.group_number or "",
        covered=_one(said.covered),
        network=network,
        copay=_figure(cost.copay),
        coinsurance=_figure(cost.coinsurance),
        deductible=_own(inside.deductible, unstated.deductible),
        family_deductible=_family(inside.deductible, unstated.deductible),
        out_of_pocket=_own(inside.out_of_pocket, unstated.out_of_pocket),
        visits=_first([_limit(inside.visits), _limit(unstated.visits)]),
        needs_authorization=_one(inside.needs_authorization or unstated.needs_authorization),
        telehealth=_one(said.telehealth.covered),
        telehealth_copay=_figure(said.telehealth.copay),
        telehealth_words=said.telehealth.messages,
        carve_outs=_parties((one.entity, one.service_types) for one in said.carve_outs),
        other_payers=_parties((one, ()) for one in said.other_payers),
        rejects=tuple(_reject(one) for one in said.rejections),
        as_known=_person(said),
        is_doubtful=is_doubtful,
    )


def _one(said: Said[x12.Value] | None) -> x12.Value | None:  # type: ignore[name-defined]
    return said.value if said else None


def _cost(inside: x12.Shares, unstated: x12.Shares) -> tuple[str, x12.Shares]:
    """Copay and coinsurance of one network: in network, else where none is named."""
    if inside.copay or inside.coinsurance:
        return IN_NETWORK, inside
    if unstated.copay or unstated.coinsurance:
        return "", unstated
    return (IN_NETWORK if inside != x12.Shares() else ""), inside


def _figure(said: Said[Decimal] | None) -> Figure | None:
    if said is None:
        return None
    return Figure(said.value, said.service_type, () if said.value is not None else said.values)


def _limit(limit: x12.Limit, whose: str = "") -> Limit | None:
    made = Limit(_figure(limit.total), _figure(limit.remaining), _figure(limit.used), whose)
    return made if made != Limit(whose=whose) else None


def _own(inside: x12.Limits, unstated: x12.Limits) -> Limit | None:
    """The client's own limit; one that names nobody stands in for it, the family's never."""
    return _first(
        _limit(limit, whose)
        for limits in (inside, unstated)
        for limit, whose in ((limits.individual, "individual"), (limits.unstated, ""))
    )


def _family(inside: x12.Limits, unstated: x12.Limits) -> Limit | None:
    return _first([_limit(inside.family, "family"), _limit(unstated.family, "family")])


def _first(limits: Iterable[Limit | None]) -> Limit | None:
    return next((one for one in limits if one is not None), None)


def _parties(named: Iterable[tuple[Entity, tuple[str, ...]]]) -> tuple[Party, ...]:
    """Each party once, with the service types of every row that names it."""
    kept: dict[tuple[str, str], Party] = {}
    for entity, types in named:
        key = entity.name.id, entity.name.full.casefold()
        before = kept.get(key)
        if before is None:
            kept[key] = Party(entity.name.full, entity.name.id, _phone(entity), tuple(types))
        else:
            kept[key] = replace(before, service_types=tuple(dict.fromkeys([*before.service_types, *types])))
    return tuple(kept.values())


def _phone(entity: Entity) -> str:
    return next((way for contact in entity.contacts for kind, way in contact.ways if kind == _PHONE), "")


def _reject(one: Rejection) -> Reject:
    return Reject(one.reason, one.words, one.fix, one.action, one.level.value, one.is_about_client, one.may_retry)


def _person(said: Benefits) -> Person | None:
    """Only where the payer says that its record differs (INS03 001)."""
    who = said.identity
    if who is None or not who.is_changed or who.name is None:
        return None
    return Person(who.name.first.title(), who.name.last.title(), who.member_id, who.birth_date)
