"""The facts a practice asks for: what the answer says, with its service type, and None where it says nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edi.eligibility.answer import Answer, PayerAnswer
from edi.eligibility.benefit import Benefit, Delivery, Detail, Entity
from edi.eligibility.benefits import Benefits, Status, benefits
from edi.eligibility.people import Dated
from edi.eligibility.rejection import Level, Rejection
from edi.eligibility.responses import responses
from edi.eligibility.said import FIT, Said
from edi.eligibility.shares import Limit, Shares
from edi.parties import Name, Reference
from tests.edi.eligibility import strategies
from tests.edi.eligibility.making import (
    DAY,
    FULL,
    JANE,
    OPTUM,
    PAYER,
    SAMPLES,
    answers_in,
    dollars,
    facts,
    percent,
    response_of,
    row,
)


def plain(found: Said[Decimal] | Said[bool] | Said[str] | None) -> tuple[object, str] | None:
    """A value and the service type it came from."""
    return (found.value, found.service_type) if found else None


def sample(name: str) -> Benefits:
    """The facts of the first answer of a sample."""
    answer = answers_in((SAMPLES / "271" / name).read_bytes())[0]
    (found,) = responses(answer)
    return benefits(found)


def test_the_facts_of_a_full_answer() -> None:
    found = facts(*FULL)
    inside = found.in_network
    assert found.is_active is True
    assert (found.since, found.until) == (date(2026, 1, 1), None)
    assert plain(found.plan_name) == ("GOLD PPO", "30")
    assert plain(found.insurance) == ("Preferred provider organization (PPO)", "30")
    assert plain(found.covered) == (True, "MH")
    assert plain(inside.coinsurance) == (Decimal("0.2"), "A6")
    assert plain(inside.needs_authorization) == (False, "A6")
    assert plain(inside.deductible.individual.total) == (Decimal(1500), "30")
    assert plain(inside.deductible.individual.remaining) == (Decimal("420.75"), "30")
    assert plain(inside.deductible.family.total) == (Decimal(3000), "30")
    assert inside.deductible.family.remaining is None
    assert plain(inside.out_of_pocket.individual.total) == (Decimal(6000), "30")
    assert plain(inside.visits.total) == (Decimal(30), "MH")
    assert [one.entity for one in found.carve_outs] == [OPTUM]
    assert found.out_of_network == Shares()
    assert found.rejections == ()


def test_copay_and_coinsurance_come_from_one_service_type() -> None:
    """FULL has a coinsurance for psychotherapy and a copay for mental health; both together would charge twice."""
    inside = facts(*FULL).in_network
    assert inside.copay is None
    assert inside.coinsurance is not None
    both = facts(dollars("B", "20", "MH"), percent("0.1", "MH"), dollars("B", "50", "98")).in_network
    assert (plain(both.copay), plain(both.coinsurance)) == ((Decimal(20), "MH"), (Decimal("0.1"), "MH"))


@pytest.mark.parametrize("place", range(1, len(FIT)))
def test_a_better_fitting_service_type_wins(place: int) -> None:
    better, worse = ([code] if code else [] for code in FIT[place - 1 : place + 1])
    found = facts(dollars("B", "50", *worse), dollars("B", "20", *better)).in_network.copay
    assert plain(found) == (Decimal(20), FIT[place - 1])


@pytest.mark.parametrize("code", ["A5", "A7", "35", "48", "PT", "1"])
def test_inpatient_and_other_services_never_stand_in_for_a_session(code: str) -> None:
    found = facts(dollars("B", "500", code), percent("0.5", code), row("I", code))
    assert (found.in_network, found.covered) == (Shares(), None)


def test_two_copays_for_one_service_are_no_copay_but_both_are_there() -> None:
    rows = (dollars("B", "20", "98", messages=("PCP",)), dollars("B", "40", "98", messages=("SPECIALIST",)))
    found = facts(*rows).in_network.copay
    assert found is not None
    assert found.value is None
    assert found.values == (Decimal(20), Decimal(40))
    assert found.rows == rows


def test_the_same_copay_said_twice_is_one() -> None:
    found = facts(dollars("B", "20", "98"), dollars("B", "20.00", "98")).in_network.copay
    assert plain(found) == (Decimal(20), "98")


@pytest.mark.parametrize(
    ("network", "where"),
    [
        ("Y", {"in_network"}),
        ("N", {"out_of_network"}),
        ("W", {"in_network", "out_of_network"}),
        ("U", {"unstated"}),
        ("", {"unstated"}),
    ],
)
def test_a_figure_stands_only_where_its_network_flag_puts_it(network: str, where: set[str]) -> None:
    found = facts(dollars("B", "20", "MH", network=network))
    shares = {name: getattr(found, name) for name in ("in_network", "out_of_network", "unstated")}
    assert {name for name, one in shares.items() if one.copay} == where


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"period": "27"}, True),
        ({"period": "7"}, True),
        ({"period": ""}, True),
        ({"period": "23"}, False),
        ({"period": "36"}, False),
        ({"period": "XX"}, False),
        ({"amount": None}, False),
        ({"procedure": ("HC", "90837"), "service_types": ()}, False),
        ({"details": (Detail("ZZ", "11"),)}, True),
        ({"details": (Detail("ZZ", "21"),)}, False),
    ],
)
def test_a_copay_is_one_only_for_a_visit_to_the_office(changes: dict[str, object], *, said: bool) -> None:
    found = facts(replace(dollars("B", "20", "MH"), **changes))  # type: ignore[arg-type]
    assert bool(found.in_network.copay) is said


def test_a_share_of_more_than_the_whole_is_not_taken() -> None:
    assert facts(percent("20", "MH")).in_network.coinsurance is None
    assert plain(facts(percent("0", "MH")).in_network.coinsurance) == (Decimal(0), "MH")


@pytest.mark.parametrize(
    ("period", "field"),
    [("23", "total"), ("22", "total"), ("25", "total"), ("", "total"), ("29", "remaining"), ("24", "used")],
)
@pytest.mark.parametrize(("level", "who"), [("IND", "individual"), ("FAM", "family"), ("", "unstated")])
@pytest.mark.parametrize(("code", "what"), [("C", "deductible"), ("G", "out_of_pocket")])
def test_limits_are_sorted_by_period_and_person(
    period: str, field: str, *, level: str, who: str, code: str, what: str
) -> None:
    found = facts(dollars(code, "500", "30", coverage_level=level, period=period)).in_network
    limit = getattr(getattr(found, what), who)
    assert plain(getattr(limit, field)) == (Decimal(500), "30")
    assert sum(one is not None for one in (limit.total, limit.remaining, limit.used)) == 1


@pytest.mark.parametrize("change", [{"period": "27"}, {"period": "32"}, {"period": "XX"}, {"coverage_level": "EMP"}])
def test_other_periods_and_levels_are_no_yearly_limit(change: dict[str, object]) -> None:
    changes = {"coverage_level": "IND", "period": "23"} | change
    assert facts(dollars("C", "500", "30", **changes)).in_network.deductible.individual == Limit()


def test_a_deductible_of_the_service_goes_before_that_of_the_plan() -> None:
    rows = (
        dollars("C", "1500", "30", coverage_level="IND", period="23"),
        dollars("C", "900", "30", coverage_level="IND", period="29"),
        dollars("C", "0", "MH", coverage_level="IND", period="23"),
    )
    limit = facts(*rows).in_network.deductible.individual
    assert plain(limit.total) == (Decimal(0), "MH")
    assert limit.remaining is None


@pytest.mark.parametrize(
    ("limit", "field"),
    [
        (row("F", "MH", period="23", quantity_qualifier="VS", quantity=Decimal(20)), "total"),
        (row("F", "MH", period="29", quantity_qualifier="VS", quantity=Decimal(20)), "remaining"),
        (row("F", "MH", deliveries=(Delivery("VS", Decimal(20), period="21", periods=Decimal(1)),)), "total"),
        (row("F", "MH", deliveries=(Delivery("VS", Decimal(20), period="29"),)), "remaining"),
    ],
)
def test_visits_that_are_covered_and_left(limit: Benefit, field: str) -> None:
    visits = facts(limit).unstated.visits
    assert plain(getattr(visits, field)) == (Decimal(20), "MH")


@pytest.mark.parametrize(
    "limit",
    [
        row("F", "MH", period="34", quantity_qualifier="VS", quantity=Decimal(4)),
        row("F", "MH", period="23", quantity_qualifier="DY", quantity=Decimal(60)),
        row("F", "MH", deliveries=(Delivery("VS", Decimal(20), period="21", periods=Decimal(2)),)),
        row("F", "MH", deliveries=(Delivery("VS"),)),
        row("D", "MH", period="23", quantity_qualifier="VS", quantity=Decimal(4)),
    ],
)
def test_other_limits_are_no_visits_of_a_year(limit: Benefit) -> None:
    assert facts(limit).unstated.visits == Limit()


@pytest.mark.parametrize(
    ("rows", "active", "status"),
    [
        ([row("1", "30")], True, Status.ACTIVE),
        ([row("4", "30")], True, Status.ACTIVE),
        ([row("6", "30")], False, Status.INACTIVE),
        ([row("5", "30")], None, Status.REVIEW),
        ([row("7", "30")], None, Status.REVIEW),
        ([row("1", "30"), row("6", "30")], None, None),
        ([row("1", "MH"), row("6", "30")], False, Status.INACTIVE),
        ([row("1", "MH")], True, Status.ACTIVE),
        ([row("1")], True, Status.ACTIVE),
        ([row("1", "48")], None, None),
        ([row("I", "30")], None, None),
        ([], None, None),
    ],
)
def test_whether_the_plan_is_active(rows: list[Benefit], *, active: bool | None, status: Status | None) -> None:
    found = facts(*rows)
    assert found.is_active is active
    assert (found.status.value if found.status else None) is status


@pytest.mark.parametrize(
    ("rows", "covered"),
    [
        ([row("1", "MH")], True),
        ([row("I", "MH")], False),
        ([row("6", "MH")], False),
        ([row("1", "30")], None),
        ([row("I", "MH", network="N"), row("1", "98")], True),
        ([row("1", "MH"), row("I", "MH")], None),
        ([row("5", "MH")], None),
        ([row("1", "98"), row("I", "A6")], False),
    ],
)
def test_whether_the_service_is_covered(rows: list[Benefit], *, covered: bool | None) -> None:
    found = facts(*rows).covered
    assert (found.value if found else None) is covered


@pytest.mark.parametrize(
    ("on_row", "on_member", "since", "until"),
    [
        ((), (Dated("346", DAY),), DAY, None),
        ((), (Dated("356", date(2020, 1, 1)), Dated("346", DAY)), date(2020, 1, 1), None),
        ((Dated("346", DAY),), (Dated("346", date(2020, 1, 1)),), DAY, None),
        ((), (Dated("307", date(2026, 1, 1), date(2026, 12, 31)),), date(2026, 1, 1), date(2026, 12, 31)),
        ((), (Dated("291", DAY),), None, None),
        ((), (Dated("307", DAY),), None, None),
        ((Dated("357", DAY),), (), None, DAY),
        ((), (Dated("346", DAY), Dated("346", date(2020, 1, 1))), None, None),
    ],
)
def test_since_and_until(
    on_row: tuple[Dated, ...], on_member: tuple[Dated, ...], since: date | None, until: date | None
) -> None:
    identity = replace(JANE, dates=on_member)
    found = benefits(response_of(row("1", "30", dates=on_row), identity=identity))
    assert (found.since, found.until) == (since, until)


def test_a_row_that_has_ended_is_left_out_on_a_day_after_it() -> None:
    old = row("6", "30", dates=(Dated("291", date(2025, 1, 1), date(2025, 12, 31)),))
    new = row("1", "30", dates=(Dated("346", date(2026, 1, 1)),))
    assert facts(old, new).is_active is None
    assert facts(old, new, on=DAY).is_active is True
    assert facts(old, new, on=date(2025, 6, 1)).is_active is False


@pytest.mark.parametrize("place", ["02", "10"])
def test_telehealth_is_read_from_rows_limited_to_it(place: str) -> None:
    limited = (Detail("ZZ", place),)
    found = facts(dollars("B", "25", "MH"), dollars("B", "0", "MH", details=limited), row("1", "MH"))
    assert plain(found.telehealth.covered) == (True, "MH")
    assert plain(found.telehealth.copay) == (Decimal(0), "MH")
    assert plain(found.in_network.copay) == (Decimal(25), "MH")


@pytest.mark.parametrize(
    ("rows", "covered"),
    [
        ([row("I", "MH", details=(Detail("ZZ", "02"),))], False),
        ([row("1", "E37")], True),
        ([row("1", "E37", network="N")], None),
        ([row("1", "MH", details=(Detail("NI", "02"),))], None),
        ([row("1", "MH", messages=("TELEHEALTH COVERED",))], None),
        ([row("1", "48", details=(Detail("ZZ", "02"),))], None),
    ],
)
def test_telehealth_is_not_concluded_from_anything_else(rows: list[Benefit], *, covered: bool | None) -> None:
    found = facts(*rows).telehealth.covered
    assert (found.value if found else None) is covered


def test_messages_that_name_telehealth_are_given_as_they_are() -> None:
    texts = ("INCLUDES TELEMEDICINE", "Virtual visits at $0", "TELEPHONE CUSTOMER SERVICE", "TELE-HEALTH OK")
    found = facts(row("1", "MH", messages=texts), row("1", "48", messages=("TELEHEALTH",))).telehealth
    assert found.messages == (texts[0], texts[1], texts[3])


def test_an_office_copay_that_also_holds_by_video_counts_for_both() -> None:
    found = facts(dollars("B", "25", "MH", details=(Detail("ZZ", "11"), Detail("ZZ", "10"))))
    assert plain(found.in_network.copay) == plain(found.telehealth.copay) == (Decimal(25), "MH")


@pytest.mark.parametrize(
    ("benefit", "offered"),
    [
        (row("U", "MH", entities=(OPTUM,)), True),
        (row("1", "A4", "AI", entities=(OPTUM,)), True),
        (row("1", "MH", entities=(replace(OPTUM, name=replace(OPTUM.name, role="X3")),)), True),
        (row("U", "30", entities=(OPTUM,)), False),
        (row("1", "MH", "48", entities=(OPTUM,)), False),
        (row("W", entities=(OPTUM,)), False),
        (row("R", "MH", entities=(OPTUM,)), False),
        (row("1", "MH", entities=(Entity(PAYER),)), False),
        (row("1", "MH", entities=(Entity(Name("PR", "Example Health Plan", is_person=False)),)), False),
        (row("1", "MH", entities=(Entity(Name("1P", "DOE", "JO")),)), False),
    ],
)
def test_a_carve_out_is_another_payer_named_for_behavioral_health_alone(benefit: Benefit, *, offered: bool) -> None:
    assert bool(facts(benefit).carve_outs) is offered


def test_other_payers_and_the_main_doctor() -> None:
    medicare, doctor = Entity(Name("PR", "MEDICARE", is_person=False)), Entity(Name("P3", "JONES", "MARCUS"))
    found = facts(
        row("R", "30", entities=(medicare,)), row("L", "30", entities=(doctor,)), row("L", entities=(doctor,))
    )
    assert found.other_payers == (medicare,)
    assert found.primary_care == (doctor,)


def test_the_group_number_is_the_payer_s() -> None:
    known = replace(JANE, references=(Reference("18", "PLAN9"), Reference("6P", "G100")))
    assert benefits(response_of(identity=known)).group_number == "G100"
    assert facts().group_number is None


def test_a_rejection_says_nothing_about_coverage() -> None:
    refused = (Rejection(Level.SUBSCRIBER, "75", "C"),)
    found = benefits(response_of(rejections=refused))
    assert (found.is_active, found.rejections) == (None, refused)
    down = Answer("A1", (PayerAnswer(PAYER, (), (Rejection(Level.PAYER, "42", "R"),)),))
    (response,) = responses(down)
    assert benefits(response).is_active is None
    assert benefits(response).rejections[0].may_retry


def test_the_facts_of_real_answers() -> None:
    guide = sample("linuxforhealth__demo.271")
    assert (guide.is_active, guide.since, plain(guide.plan_name)) == (True, date(2006, 1, 1), ("GOLD 123 PLAN", "30"))
    assert plain(guide.in_network.copay) == (Decimal(10), "MH")
    assert plain(guide.out_of_network.copay) == (Decimal(30), "MH")
    indemnity = sample("jdavisp3__271-example-2.txt")
    assert plain(indemnity.in_network.coinsurance) == (Decimal("0.2"), "A6")
    assert plain(indemnity.in_network.deductible.individual.used) == (Decimal(118), "30")
    assert [one.name.full for one in indemnity.other_payers] == ["MEDICARE"]
    exchange = sample("jdavisp3__5010-271-example-1.txt")
    assert plain(exchange.in_network.coinsurance) == (Decimal("0.1"), "98")
    assert plain(exchange.out_of_network.covered) == (False, "98")
    assert plain(exchange.in_network.out_of_pocket.individual.remaining) == (Decimal(2100), "30")


@settings(max_examples=60, deadline=None)
@given(st.lists(strategies.benefits, max_size=6))
def test_every_figure_stands_in_a_row_of_its_service_type(rows: list[Benefit]) -> None:
    found = facts(*rows)
    for shares in (found.in_network, found.out_of_network, found.unstated):
        for figure, name in ((shares.copay, "amount"), (shares.coinsurance, "share")):
            for one in figure.rows if figure else ():
                assert one in rows
                assert getattr(one, name) in figure.values  # type: ignore[union-attr]
                assert figure.service_type in one.service_types or not one.service_types  # type: ignore[union-attr]
