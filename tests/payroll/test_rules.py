"""Versions of pay rules: what contradicts or overlaps is refused with the reason."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from clinicians.models import Engagement
from payroll import services
from payroll.errors import PayrollRefusedError
from payroll.models import PayRule, RuleClient
from tests.payroll.desk import Desk, at, fixed, share


def refused(desk: Desk, who: Any, *rules: dict[str, Any], **facts: Any) -> str:
    with pytest.raises(PayrollRefusedError) as error:
        desk.rules(who, *rules, **facts)
    return str(error.value)


def test_two_rules_of_equal_priority_for_the_same_thing_are_refused(desk: Desk) -> None:
    ana = desk.clinician()
    insured, all_of = share("0.60", name="Insured", payer_kind="insured"), share("0.50", name="All")
    assert refused(desk, ana, insured, all_of) == (
        "“Insured” and “All” would both pay the same and have priority 0. Give one of them a higher priority."
    )
    desk.rules(ana, insured, share("0.50", name="Self-pay", payer_kind="self_pay"))
    assert PayRule.objects.count() == 2


def test_a_higher_priority_settles_it(desk: Desk) -> None:
    desk.rules(desk.clinician(), share("0.60"), fixed("85.00", priority=20, codes=["90791"]))
    assert list(PayRule.objects.order_by("-priority").values_list("method", flat=True)) == ["flat", "percent"]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"method": "percent", "rate": Decimal("1.2")}, "A share lies above 0% and up to 100%."),
        ({"method": "percent", "rate": Decimal(0)}, "A share lies above 0% and up to 100%."),
        (share("0.6", recognized="rendered"), "A share is paid once the money is here"),
        (share("0.6", amount=Decimal(5)), "A share has no fixed amount."),
        (fixed("5.005"), "An amount has two places after the point."),
        (fixed("-5.00"), "Give an amount of $0.00 or more."),
        (fixed("5.00", "bonus"), "Say above which number"),
        (fixed("5.00", "salary", periods_a_year=25), "A salary is divided by"),
        (fixed("5.00", "hourly", codes=["90837"]), "Only a share or a fixed amount"),
        (fixed("5.00", payer_ids=[999]), "One of the payers is not there any more"),
    ],
)
def test_rules_that_make_no_sense_are_refused(desk: Desk, rule: dict[str, Any], said: str) -> None:
    assert said in refused(desk, desk.clinician(), rule)


def test_versions_never_share_a_day(desk: Desk) -> None:
    ana = desk.clinician()
    desk.rules(ana, share("0.60"))
    july = dt.date(2026, 7, 1)
    assert refused(desk, ana, share("0.65"), starts_on=july) == (
        "Version 1 holds from Jan 1, 2026. End it on the day before, or choose other days."
    )
    second = desk.rules(ana, share("0.65"), starts_on=july, end_former=True)
    assert second.version == 2
    first = second.engagement.rule_sets.get(version=1)
    assert first.ends_on == dt.date(2026, 6, 30)


def test_rules_lie_inside_the_terms_of_work(desk: Desk) -> None:
    ana = desk.clinician()
    Engagement.objects.filter(clinician=ana).update(ends_on=dt.date(2026, 6, 30))
    assert "Ana Reyes works on these terms Jan 1, 2026 to Jun 30, 2026" in refused(
        desk, ana, share("0.6"), starts_on=dt.date(2026, 7, 1)
    )
    assert "Choose days inside." in refused(desk, ana, share("0.6"), starts_on=dt.date(2025, 12, 1))


@pytest.mark.parametrize("kind", [Engagement.Kind.PARTNER, Engagement.Kind.SOLE_OWNER])
def test_owners_have_no_pay_rules(desk: Desk, kind: str) -> None:
    assert "are paid by draw" in refused(desk, desk.clinician(kind=kind), share("0.60"))


def test_an_employees_pay_is_never_held_and_employees_bear_no_takebacks_unless_chosen(desk: Desk) -> None:
    employee, contractor = desk.clinician(kind=Engagement.Kind.W2_EXEMPT), desk.clinician("Ben Okafor")
    assert "not held for a note" in refused(desk, employee, share("0.60"), unsigned="hold")
    mine, theirs = desk.rules(employee, share("0.60")), desk.rules(contractor, share("0.60"))
    assert (mine.takebacks, mine.unsigned) == ("absorbed", "flag")
    assert (theirs.takebacks, theirs.unsigned) == ("shared", "hold")
    services.change_rule_set(actor=desk.owner, rule_set_id=mine.pk, takebacks="shared", rules=[share("0.61")])
    mine.refresh_from_db()
    assert mine.takebacks == "shared"
    assert [str(rule.rate) for rule in mine.rules.all()] == ["0.610000"]


def test_a_version_that_paid_is_not_changed_and_not_ended_before(desk: Desk) -> None:
    ana = desk.clinician()
    rules = desk.rules(ana, share("0.60"), unsigned="flag")
    schedule = desk.schedule()
    with at(12):
        desk.insurer_pays(desk.session(ana, 3), "100.00")
    with at(16):
        desk.finish(desk.run(schedule))
    with pytest.raises(PayrollRefusedError, match=r"has paid already, up to Nov 3, 2026. Add a new version"):
        services.change_rule_set(actor=desk.owner, rule_set_id=rules.pk, rules=[share("0.70")])
    with pytest.raises(PayrollRefusedError, match=r"It cannot end before that day"):
        services.end_rule_set(actor=desk.owner, rule_set_id=rules.pk, ends_on=dt.date(2026, 11, 2))
    with pytest.raises(PayrollRefusedError, match=r"It cannot end before that day"):
        desk.rules(ana, share("0.70"), starts_on=dt.date(2026, 11, 2), end_former=True)
    desk.rules(ana, share("0.70"), starts_on=dt.date(2026, 11, 4), end_former=True)


def test_the_clients_a_rule_is_for_stand_apart_from_the_rule(desk: Desk) -> None:
    ana, maya = desk.clinician(), desk.client()
    own = share("0.80", priority=5, client_ids=[maya.pk], name="Brought along")
    desk.rules(ana, share("0.60"), own, unsigned="flag")
    assert RuleClient.objects.get().client == maya
    assert PayRule.objects.get(name="Brought along").for_clients
    schedule = desk.schedule()
    with at(12):
        desk.insurer_pays(desk.session(ana), "100.00")
        charge = desk.session(ana, 4)
        charge.attendance.client = charge.client = maya
        charge.attendance.save(update_fields=["client_id"])
        charge.save(update_fields=["client_id"])
        desk.insurer_pays(charge, "100.00")
    with at(16):
        assert desk.amounts(desk.run(schedule)) == ["60.00", "80.00"]


def test_a_changed_rule_opens_the_computed_run_again(desk: Desk) -> None:
    ana = desk.clinician()
    rules = desk.rules(ana, share("0.60"), unsigned="flag")
    schedule = desk.schedule()
    with at(12):
        desk.insurer_pays(desk.session(ana), "100.00")
    with at(16):
        run = desk.run(schedule)
        services.change_rule_set(actor=desk.owner, rule_set_id=rules.pk, rules=[share("0.70")])
        run.refresh_from_db()
        assert (run.status, str(run.gross), desk.amounts(run)) == ("draft", "0.00", [])
        assert desk.amounts(desk.compute(run)) == ["70.00"]
