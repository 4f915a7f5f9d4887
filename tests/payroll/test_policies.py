"""Who sees which pay: everything, one's own lines, or totals alone."""

from __future__ import annotations

from typing import Any

import pytest

from payroll import selectors
from payroll.models import PayLine
from payroll.policies import visible_files, visible_lines, visible_rule_sets, visible_runs, visible_totals
from practice.tenancy.context import practice_context
from tests.payroll.desk import Desk, at, share
from tests.people import Cast


@pytest.fixture
def paid(desk: Desk, people: Cast) -> Any:
    """Charlie's $60.00 and Dana's $50.00 of one computed run."""
    charlie = desk.clinician("Charlie Nguyen", "w2_exempt", user=people.charlie)
    dana = desk.clinician("Dana Whitfield", user=people.dana)
    desk.rules(charlie, share("0.60"))
    desk.rules(dana, share("0.50"), unsigned="flag")
    schedule = desk.schedule()
    with at(12):
        for who in (charlie, dana):
            desk.insurer_pays(desk.session(who), "100.00")
    with at(16):
        return desk.run(schedule)


def test_owners_see_all_and_a_clinician_their_own(desk: Desk, paid: Any, people: Cast) -> None:
    assert visible_lines(desk.owner).count() == visible_totals(desk.owner).count() == 2
    charlie = people.actor(people.charlie)
    assert [str(line.amount) for line in visible_lines(charlie)] == ["60.00"]
    assert [str(row.amount) for row in visible_totals(charlie)] == ["60.00"]
    assert list(visible_runs(charlie)) == [paid]
    assert visible_rule_sets(charlie).count() == 1
    assert visible_files(charlie).count() == 0


def test_a_clinician_sees_nothing_of_a_run_that_is_not_computed(desk: Desk, paid: Any, people: Cast) -> None:
    desk.rules(desk.clinician("Ben Okafor"), share("0.5"))
    paid.refresh_from_db()
    type(paid).objects.filter(pk=paid.pk).update(status="draft")
    charlie = people.actor(people.charlie)
    assert visible_lines(charlie).count() == visible_runs(charlie).count() == visible_totals(charlie).count() == 0


def test_the_accountant_has_totals_and_the_database_shows_no_line(desk: Desk, paid: Any, people: Cast) -> None:
    erin = people.actor(people.erin)
    assert (erin.phi, visible_lines(erin).count(), visible_totals(erin).count()) == (False, 0, 2)
    with practice_context(people.fernhollow.pk):
        assert PayLine.objects.count() == 0
        rows = selectors.people(erin, paid)
    assert [(row.name, row.tax_class, str(row.gross), row.sessions) for row in rows] == [
        ("Charlie Nguyen", "w2", "60.00", 1),
        ("Dana Whitfield", "1099", "50.00", 1),
    ]


def test_billers_and_schedulers_see_no_pay(desk: Desk, paid: Any, people: Cast) -> None:
    for user in (people.bob, people.frank):
        actor = people.actor(user)
        assert visible_runs(actor).count() == visible_lines(actor).count() == visible_totals(actor).count() == 0


def test_people_of_a_run_with_their_terms_and_rules_take_one_query(
    desk: Desk, paid: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        found = selectors.people(desk.owner, paid)
        assert [row.rule.method for one in found for row in one.totals if row.rule] == ["percent", "percent"]
        assert {row.engagement.kind for one in found for row in one.totals} == {"w2_exempt", "contractor"}
    assert selectors.lines(desk.owner, paid, selectors.people(desk.owner, paid)[0].clinician_id).count() == 1
