"""The sandbox's 271: what a plan of the scenario says, who is refused, and that another library reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from x12sdk.io import X12ModelReader

from edi.acknowledgments.reading import read as read_acknowledgment
from edi.eligibility.benefits import Benefits
from edi.eligibility.inquiry import Inquiry
from edi.eligibility.said import Said
from edi.reading import read
from sandbox.outcomes import Eligibility
from sandbox.realtime import Kind
from tests.sandbox.asking import TRACE, as_270, facts, for_child, inquiry, response, somebody
from tests.sandbox.making import sent
from tests.sandbox.offices import Desk, scripted
from tests.sandbox.running import running

PATH = "/2024-04-01/change/medicalnetwork/eligibility/v3/raw-x12"
PPO: dict[str, Any] = {
    "payer": "KEYM1",
    "name": "GOLD PPO",
    "insurance": "PR",
    "group": "G100",
    "since": date(2026, 1, 1),
    "copay": Decimal(25),
    "deductible": Decimal(300),
    "coinsurance": Decimal(20),
    "out_of_pocket": Decimal(4000),
    "family_deductible": Decimal(600),
    "visits": 30,
    "outside_deductible": Decimal(1000),
    "outside_coinsurance": Decimal(40),
}


def value(said: Said[Any] | None) -> Any:
    """What is said, which something has to be."""
    assert said is not None
    return said.value


@contextmanager
def payer(folder: Path, *plans: dict[str, Any]) -> Iterator[Callable[[Inquiry], dict[str, Any]]]:
    """A payer with plans, asked in person."""
    desk = Desk(folder, scripted(plans=list(plans)))
    try:
        yield lambda asked: desk.ask(Kind.ELIGIBILITY, as_270(asked))[1]
    finally:
        desk.office.close()


def told(folder: Path, asked: Inquiry, **plan: Any) -> Benefits:
    """What a payer with one plan says."""
    with payer(folder, PPO | plan) as ask:
        return facts(ask(asked)["x12"])


def test_a_plan_in_network_is_told_with_what_is_left_of_its_deductible(tmp_path: Path) -> None:
    desk = Desk(tmp_path, scripted(plans=[PPO], payers=[{"id": "KEYM1", "allowed_percent": 80}]))
    desk.put(sent())
    said = facts(desk.ask(Kind.ELIGIBILITY, as_270(inquiry(identity=somebody("KM4471901"))))[1]["x12"])
    desk.office.close()
    assert (said.is_active, said.since, said.group_number) == (True, date(2026, 1, 1), "G100")
    assert value(said.plan_name) == "GOLD PPO"
    inside = said.in_network
    assert value(inside.copay) == 25
    assert inside.copay is not None
    assert inside.copay.service_type == "MH"
    assert value(inside.coinsurance) == Decimal("0.2")
    alone = inside.deductible.individual
    assert (value(alone.total), value(alone.remaining)) == (300, Decimal("211.40"))
    assert value(inside.deductible.family.total) == 600
    assert value(inside.visits.total) == 30
    assert value(said.out_of_network.coinsurance) == Decimal("0.4")
    assert value(said.telehealth.covered) is True


def test_a_type_the_payer_does_not_know_falls_back_to_office_visits_and_then_to_the_plan(tmp_path: Path) -> None:
    def types(folder: Path, *known: str) -> str:
        found = told(folder, inquiry("A6"), service_types=list(known)).in_network.copay
        return found.service_type if found else ""

    assert types(tmp_path / "a", "A6", "98", "30") == "A6"
    assert types(tmp_path / "b", "MH", "98", "30") == "98"
    assert types(tmp_path / "c", "MH", "30") == "30"


def test_coverage_that_has_not_begun_or_has_ended_is_inactive(tmp_path: Path) -> None:
    assert told(tmp_path / "a", inquiry(), until=date(2026, 3, 4)).is_active is False
    assert told(tmp_path / "b", inquiry(), since=date(2026, 3, 6)).is_active is False
    assert told(tmp_path / "c", inquiry(), until=date(2026, 3, 5)).is_active is True


def test_a_practice_out_of_network_is_told_the_figures_that_hold_there(tmp_path: Path) -> None:
    said = told(tmp_path, inquiry(), in_network=False)
    assert said.in_network.copay is None
    assert value(said.out_of_network.copay) == 25


def test_services_and_video_that_are_not_covered_are_told_so(tmp_path: Path) -> None:
    said = told(tmp_path / "a", inquiry(), covered=False)
    assert (said.is_active, said.covered and said.covered.value) == (True, False)
    said = told(tmp_path / "b", inquiry(), telehealth=False)
    assert value(said.telehealth.covered) is False
    said = told(tmp_path / "c", inquiry(), telehealth_copay=Decimal(10), authorization=True)
    assert value(said.telehealth.copay) == 10
    assert value(said.in_network.needs_authorization) is True


def test_a_carve_out_names_who_runs_behavioral_health_and_says_nothing_of_it(tmp_path: Path) -> None:
    said = told(tmp_path, inquiry("MH"), carve_out="MIND1", carve_out_name="MIND HEALTH")
    (found,) = said.carve_outs
    assert (found.entity.name.id, found.entity.name.last, found.service_types) == ("MIND1", "MIND HEALTH", ("MH",))
    assert (said.is_active, said.in_network.copay) == (True, None)


@pytest.mark.parametrize(
    ("answer", "asked", "reason"),
    [
        (Eligibility.NOT_FOUND, inquiry(), "75"),
        (Eligibility.WRONG_MEMBER_NUMBER, inquiry(), "72"),
        (Eligibility.WRONG_BIRTH_DATE, inquiry(), "71"),
        (Eligibility.PATIENT_NOT_FOUND, for_child(), "67"),
        (Eligibility.NOT_FOUND, for_child(), "75"),
        (Eligibility.PROVIDER_UNKNOWN, inquiry(), "51"),
        (Eligibility.PAYER_DOWN, inquiry(), "42"),
    ],
)
def test_a_refusal_stands_where_it_belongs_and_beside_the_x12(
    tmp_path: Path, answer: Eligibility, asked: Inquiry, reason: str
) -> None:
    with payer(tmp_path, {"answer": answer.value}) as ask:
        body = ask(asked)
    content = body["x12"].encode()
    assert [one["code"] for one in body["errors"]] == [reason]
    assert f"AAA*{'Y' if reason == '42' else 'N'}**{reason}*" in body["x12"]
    assert b"EB*" not in content


def test_another_birth_date_than_the_plans_is_refused_and_a_dependent_is_told_of(tmp_path: Path) -> None:
    with payer(tmp_path, PPO | {"birth_date": date(1992, 5, 12)}) as ask:
        assert facts(ask(inquiry())["x12"]).is_active is True
        wrong = ask(inquiry(identity=somebody(birth_date=date(1992, 12, 5))))
        assert [one.reason for one in response(wrong["x12"]).rejections] == ["71"]
        about_child = response(ask(for_child())["x12"])
        assert about_child.dependent is not None
        assert about_child.dependent.benefits
        assert about_child.dependent.traces[0].number == TRACE.number


def test_a_payer_without_a_plan_says_only_that_the_coverage_is_active(tmp_path: Path) -> None:
    with payer(tmp_path) as ask:
        said = facts(ask(inquiry())["x12"])
    assert (said.is_active, said.in_network.copay, said.telehealth.covered) == (True, None, None)


@pytest.mark.parametrize(
    ("content", "status", "syntax"),
    [
        (b"This is a letter.", 400, None),
        (as_270(inquiry(), receiver="ELSEWHERE"), 400, None),
        (as_270(inquiry()).replace(b"SE*", b"SE*9"), 200, "4"),
        (as_270(inquiry()).replace(b"HL*1**20*1", b"HL*1**99*1"), 200, "5"),
        (sent(), 200, "1"),
    ],
)
def test_what_is_no_question_is_refused(tmp_path: Path, content: bytes, status: int, syntax: str | None) -> None:
    desk = Desk(tmp_path, scripted())
    found, body = desk.ask(Kind.ELIGIBILITY, content)
    desk.office.close()
    assert (found, body["status"], body.get("implementationTransactionSetSyntaxError")) == (status, "ERROR", syntax)
    if syntax:
        assert read_acknowledgment(read(body["x12"].encode())[0].transactions[0]).status == "R"


def test_it_is_answered_over_the_api(tmp_path: Path) -> None:
    with running(tmp_path) as sandbox, sandbox.api() as api:
        body = api.post(PATH, json={"x12": as_270(inquiry()).decode()}).json()
        assert facts(body["x12"]).is_active is True
        assert body["tradingPartnerServiceId"] == "KEYM1"
        assert sandbox.pages.post(PATH, json={"x12": as_270(inquiry()).decode()}).status_code == 401
        assert api.post(PATH, content=b"{}").status_code == 400


PLANS: dict[str, dict[str, Any]] = {
    "in network": {},
    "nothing but a copay": {"coinsurance": 0, "visits": 0},
    "inactive": {"until": date(2026, 1, 31)},
    "out of network": {"in_network": False},
    "not covered": {"covered": False},
    "no video": {"telehealth": False},
    "video for less": {"telehealth_copay": 10},
    "carved out": {"carve_out": "MIND1", "carve_out_name": "MIND HEALTH"},
    **{one.value: {"answer": one.value} for one in Eligibility},
}
NOT_KNOWN_TO_X12SDK = ("AAA*N**67*", "AAA*N**71*", "AAA*N**72*", "AAA*N**75*")
"""It has the reject reasons of a provider (2100B) for subscribers and dependents too, and knows none of theirs."""


def without_places(content: str) -> str:
    """x12sdk wants LS and LE within loop 2115 and never puts them there, so that no III can stand in an answer for it:
    the segments are left out, and SE counts the others."""
    segments = content.split("~")
    kept = [one for one in segments if not one.startswith("III*")]
    gone = len(segments) - len(kept)
    end = next(number for number, one in enumerate(kept) if one.startswith("SE*"))
    _, count, control = kept[end].split("*")
    kept[end] = f"SE*{int(count) - gone}*{control}"
    return "~".join(kept)


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("asked", [inquiry(), for_child()], ids=["subscriber", "dependent"])
def test_x12sdk_reads_every_answer(tmp_path: Path, name: str, asked: Inquiry) -> None:
    with payer(tmp_path, PPO | PLANS[name]) as ask:
        content = without_places(ask(asked)["x12"])
    if any(reason in content for reason in NOT_KNOWN_TO_X12SDK):
        with pytest.raises(ValueError):
            read_by_x12sdk(content)
    else:
        assert read_by_x12sdk(content).count("EB*") == content.count("EB*")


def read_by_x12sdk(content: str) -> str:
    """The one transaction as x12sdk writes it back; it raises on one that it does not accept."""
    with X12ModelReader(content) as reader:
        (text,) = [model.x12() for model in reader.models()]
    return str(text)
