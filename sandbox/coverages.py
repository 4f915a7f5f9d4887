"""What an eligibility answer says of a plan, row by row. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from edi.codes.eligibility import service_types
from edi.eligibility.benefit import PLACE_LIST, Benefit, Delivery, Detail, Entity
from edi.eligibility.people import Dated
from edi.parties import Name
from sandbox.pricing import HUNDRED
from sandbox.scenario import Plan

ACTIVE, INACTIVE = "1", "6"
COINSURANCE, COPAY, DEDUCTIBLE, OUT_OF_POCKET = "A", "B", "C", "G"
LIMITATION, NOT_COVERED, CONTACT = "F", "I", "U"
INDIVIDUAL, FAMILY = "IND", "FAM"
YEAR, REMAINING, VISIT = "23", "29", "27"
INSIDE, OUTSIDE = "Y", "N"
PLAN, OFFICE_VISIT = "30", "98"
BEGINS, ENDS = "346", "347"
TELEHEALTH: Final = (Detail(PLACE_LIST, "02"), Detail(PLACE_LIST, "10"))
STRANGER: Final = "THE PROVIDER IS OUT OF NETWORK FOR THIS MEMBER"


def rows(plan: Plan, asked: Sequence[str], day: date, met: Decimal) -> tuple[Benefit, ...]:
    """The benefits of a plan on a day: `asked` are the service types, `met` is what of the deductible is used."""
    if (plan.since and day < plan.since) or (plan.until and plan.until < day):
        return (_status(plan, INACTIVE),)
    told = _told(plan, asked)
    return (_status(plan, ACTIVE), *_services(plan, told), *_limits(plan, met), *_outside(plan, told))


def span(plan: Plan) -> tuple[Dated, ...]:
    """From when and until when the plan holds; it stands with the member, active or not."""
    dates = ((BEGINS, plan.since), (ENDS, plan.until))
    return tuple(Dated(qualifier, day) for qualifier, day in dates if day)


def _status(plan: Plan, information: str) -> Benefit:
    """Whether the plan is active."""
    messages = () if plan.in_network or information == INACTIVE else (STRANGER,)
    return Benefit(information, service_types=(PLAN,), insurance_type=plan.insurance, plan=plan.name, messages=messages)


def _told(plan: Plan, asked: Sequence[str]) -> tuple[str, ...]:
    """Of the service types asked for those the payer tells, else office visits, else the plan as a whole."""
    known = tuple(code for code in dict.fromkeys(asked) if code in plan.service_types and code != PLAN)
    return known or ((OFFICE_VISIT,) if OFFICE_VISIT in plan.service_types else (PLAN,))


def _services(plan: Plan, told: tuple[str, ...]) -> Iterator[Benefit]:
    """What a session costs; of behavioral health nothing but whom to ask, where somebody else runs it."""
    own = tuple(code for code in told if not (plan.carve_out and _is_behavioral(code)))
    elsewhere = tuple(code for code in told if code not in own)
    if elsewhere:
        yield _carved_out(plan, elsewhere)
    if own and not plan.covered:
        yield Benefit(NOT_COVERED, service_types=own, network=_network(plan))
    elif own:
        yield Benefit(ACTIVE, service_types=own)
        yield from _costs(plan, own)
        yield from _telehealth(plan, own)


def _costs(plan: Plan, told: tuple[str, ...]) -> Iterator[Benefit]:
    """Copay and coinsurance; where there is neither, a copay of nothing. Then how many visits are covered."""
    wanted, network = "Y" if plan.authorization else "", _network(plan)
    if plan.copay or not plan.coinsurance:
        yield Benefit(COPAY, "", told, period=VISIT, amount=plan.copay, authorization=wanted, network=network)
    if plan.coinsurance:
        share = plan.coinsurance / HUNDRED
        yield Benefit(COINSURANCE, "", told, share=share, authorization=wanted, network=network)
    if plan.visits:
        yearly = Delivery("VS", Decimal(plan.visits), period="21", periods=Decimal(1))
        yield Benefit(LIMITATION, "", told, network=network, deliveries=(yearly,))


def _telehealth(plan: Plan, told: tuple[str, ...]) -> Iterator[Benefit]:
    """Sessions by video, at the client's home and elsewhere."""
    if not plan.telehealth:
        yield Benefit(NOT_COVERED, service_types=told, network=_network(plan), details=TELEHEALTH)
    elif plan.telehealth_copay is not None:
        amount, network = plan.telehealth_copay, _network(plan)
        yield Benefit(COPAY, "", told, period=VISIT, amount=amount, network=network, details=TELEHEALTH)
    else:
        yield Benefit(ACTIVE, service_types=told, details=TELEHEALTH)


def _limits(plan: Plan, met: Decimal) -> Iterator[Benefit]:
    """The deductible and what is left of it, and the most a member pays in a year."""
    network, left = _network(plan), max(plan.deductible - met, Decimal(0))
    yield _money(DEDUCTIBLE, INDIVIDUAL, YEAR, plan.deductible, network)
    yield _money(DEDUCTIBLE, INDIVIDUAL, REMAINING, left, network)
    if plan.family_deductible is not None:
        yield _money(DEDUCTIBLE, FAMILY, YEAR, plan.family_deductible, network)
    if plan.out_of_pocket is not None:
        yield _money(OUT_OF_POCKET, INDIVIDUAL, YEAR, plan.out_of_pocket, network)


def _outside(plan: Plan, told: tuple[str, ...]) -> Iterator[Benefit]:
    """What holds out of network, for a practice that is in it."""
    if not plan.in_network:
        return
    if plan.outside_deductible is not None:
        yield _money(DEDUCTIBLE, INDIVIDUAL, YEAR, plan.outside_deductible, OUTSIDE)
    if plan.outside_coinsurance is not None:
        yield Benefit(COINSURANCE, "", told, share=plan.outside_coinsurance / HUNDRED, network=OUTSIDE)


def _money(information: str, level: str, period: str, amount: Decimal, network: str) -> Benefit:
    return Benefit(information, level, (PLAN,), period=period, amount=amount, network=network)


def _carved_out(plan: Plan, told: tuple[str, ...]) -> Benefit:
    """Whom to ask about behavioral health."""
    name = plan.carve_out_name or plan.carve_out
    entity = Entity(Name("PR", name, id_qualifier="PI", id=plan.carve_out, is_person=False))
    return Benefit(CONTACT, "", told, messages=(f"BEHAVIORAL HEALTH IS MANAGED BY {name}",), entities=(entity,))


def _network(plan: Plan) -> str:
    return INSIDE if plan.in_network else OUTSIDE


def _is_behavioral(code: str) -> bool:
    known = service_types().get(code)
    return known is not None and known.is_behavioral
