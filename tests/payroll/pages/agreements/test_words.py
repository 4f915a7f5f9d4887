"""Rules in words, and what a version pays for one thing of each sort, figured by the calculation."""

from __future__ import annotations

from decimal import Decimal

import pytest

from payroll.agreements.examples import examples
from payroll.agreements.words import Names, in_short, sentence
from payroll.calculation.facts import Rule
from tests.payroll.facts import flat, other, percent

ABSENT = frozenset({"late_cancel", "no_show"})
NAMES = Names({3: "Keystone Mutual"}, {5: "Market Street"}, {9: "Maya Torres"})


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (percent("0.62"), "62% of what is collected."),
        (percent("0.625", codes=frozenset({"90837", "90834"})), "62.5% of what is collected, for 90834 and 90837."),
        (percent("0.5", applies_to=ABSENT), "Late cancels and no-shows: 50% of what is collected."),
        (percent("0.6", payer_ids=frozenset({3})), "60% of what is collected, paid by Keystone Mutual."),
        (percent("0.6", payer_kind="self_pay"), "60% of what is collected, for self-pay clients."),
        (
            percent("0.6", applies_to=frozenset({"session", "no_show"})),
            "60% of what is collected, and of no-shows.",
        ),
        (
            percent("0.8", for_clients=True, client_ids=frozenset({9}), delivery="telehealth"),
            "80% of what is collected, by telehealth, for Maya Torres.",
        ),
        (flat("85"), "$85.00 for each session, once something is paid on it."),
        (flat("85", recognized="rendered"), "$85.00 for each session, once it is confirmed."),
        (
            flat("25", applies_to=frozenset({"late_cancel"})),
            "Late cancels: $25.00 for each, once something is paid on it.",
        ),
        (other("hourly", "28"), "$28.00 an hour."),
        (
            other("hourly", "28", hours_kinds=frozenset({"training", "meeting"})),
            "$28.00 an hour of meetings and training.",
        ),
        (other("salary", "62400"), "$62,400.00 a year."),
        (
            other("bonus", "18", threshold=45, window="month"),
            "$18.00 for each kept session above 45 in a calendar month.",
        ),
    ],
)
def test_a_rule_is_one_sentence(rule: Rule, said: str) -> None:
    assert sentence(rule, NAMES) == said


def test_a_version_is_one_line() -> None:
    rules = [percent("0.62"), flat("20", applies_to=ABSENT), other("hourly", "24")]
    assert in_short(rules, NAMES) == "62% of collected; late cancels and no-shows: $20.00 each; $24.00 an hour"


def shown(*rules: Rule, tax_class: str = "1099") -> list[tuple[str, str, str]]:
    found = examples(rules, tax_class=tax_class)
    return [(one.happens, str(one.pays), one.instead) for one in found]


def test_examples_are_what_the_run_would_pay() -> None:
    assert shown(percent("0.62")) == [("A $131.22 collected session", "81.36", "")]
    assert shown(flat("85", recognized="rendered", codes=frozenset({"90791"}))) == [
        ("A confirmed 90791 session", "85.00", "")
    ]
    assert shown(other("hourly", "28", hours_kinds=frozenset({"meeting"}))) == [("An hour of meetings", "28.00", "")]
    assert shown(other("salary", "62400")) == [("The first of 24 periods of a year", "2600.00", "")]
    assert shown(other("bonus", "18", threshold=45, window="month")) == [
        ("The 46th session kept in a month", "18.00", "")
    ]


def test_each_rule_is_shown_under_the_whole_version() -> None:
    low, high = percent("0.60", 1), percent("0.70", 2, priority=5)
    assert shown(low, high)[0] == ("A $131.22 collected session", "91.85", "Rule 2 has the higher priority.")
    salary, bonus = other("salary", "62400", 1), other("bonus", "18", 2, threshold=1, window="period")
    assert [one[1] for one in shown(salary, bonus)] == ["2600.00", "18.00"]


def test_a_group_s_most_holds_for_everybody_together() -> None:
    assert shown(flat("18", group_cap=Decimal(90))) == [("A group of 6 on which everybody is paid", "90.00", "")]


def test_an_absence_is_paid_by_the_client() -> None:
    assert shown(percent("0.5", applies_to=ABSENT)) == [("A $131.22 collected late cancel", "65.61", "")]
