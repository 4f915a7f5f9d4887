"""What is on its way is said only as far as it can be figured."""

from __future__ import annotations

from payroll.explained.shapes import Coming
from tests.payroll.desk import at
from tests.payroll.pages.explained.conftest import Office, claim


def coming(office: Office) -> Coming:
    return office.page(office.charlie).coming


def test_without_a_history_sessions_are_counted_and_no_amount_is_said(office: Office) -> None:
    with office.open() as desk, at(14):
        claim(desk.session(office.charlie, 10), "1")
        found = coming(office)
    assert (found.sessions, found.figured, str(found.expected)) == (1, 0, "0.00")
    assert [(row.name, row.count, row.expected) for row in found.payers] == [("Keystone Mutual", 1, None)]
    page = office.text(office.people.charlie, "my_pay_run", office.run.pk)
    assert "1 session billed to insurers and not paid yet." in page
    assert "once an insurer has paid at least three charges" in page


def test_the_part_an_insurer_paid_before_times_the_share_is_expected(office: Office) -> None:
    """Paid 106.22 of 168.00 and three times 100.00 of 150.00: 406.22 of 618.00; 150.00 × that × 62% is $61.13."""
    with office.open() as desk, at(14):
        for day in (6, 9, 10):
            desk.insurer_pays(desk.session(office.charlie, day), "100.00")
        claim(desk.session(office.charlie, 11), "1")
        found = coming(office)
    assert [(row.name, row.count, str(row.expected), row.share) for row in found.payers] == [
        ("Keystone Mutual", 1, "61.13", 100)
    ]
    assert (found.sessions, found.figured, str(found.expected)) == (1, 1, "61.13")


def test_what_is_paid_denied_or_somebody_elses_is_not_on_its_way(office: Office) -> None:
    with office.open() as desk, at(14):
        claim(desk.session(office.charlie, 10), "1", status="denied")
        claim(desk.session(office.dana, 10), "2")
        paid = desk.session(office.charlie, 11)
        desk.insurer_pays(paid, "150.00")
        claim(paid, "3", status="accepted")
        assert coming(office) == Coming([])
    assert "No session waits for an insurer’s answer." in office.text(
        office.people.charlie, "my_pay_run", office.run.pk
    )


def test_the_year_counts_approved_pay_whose_date_is_over(office: Office) -> None:
    with office.open() as desk:
        desk.finish(office.run)
        assert (office.page(office.charlie).year.count, str(office.page(office.charlie).year.amount)) == (0, "0.00")
        with at(1, 12):
            year = office.page(office.charlie).year
    assert (year.count, str(year.amount), [str(one.amount) for one in year.shown]) == (1, "163.36", ["163.36"])
