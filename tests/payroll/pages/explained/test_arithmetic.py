"""What a line opens to adds up to its amount, and the cards add up to the pay."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from payroll.calculation.words import share
from payroll.explained.shapes import HELD, Item, Section, Sum
from payroll.models import PayRun
from practice import clock
from practice.money import ZERO, cents, total
from tests.payroll.desk import at, fixed
from tests.payroll.pages.explained.conftest import Office


def section(sections: Iterable[Section], key: str) -> Section:
    return next(one for one in sections if one.key == key)


def worked_out(rows: list[Sum]) -> Decimal:
    """The pay of one line from its rows: money added up, times the share, rounded once."""
    rates = [row.times.removeprefix("× ").removesuffix("%") for row in rows if row.times]
    money = total(row.amount for row in rows if row.amount is not None and not row.is_result)
    return cents(money * Decimal(rates[0]) / 100) if rates else money


def test_a_session_with_two_payments_shows_each_and_their_sum(office: Office) -> None:
    with office.open():
        item = section(office.page(office.charlie).sections, "sessions").items[0]
    results = [row.amount for row in item.sums if row.is_result]
    assert results == [Decimal("65.86"), Decimal("15.50"), Decimal("81.36")]
    assert results[-1] == item.amount
    first, second = item.sums[:4], item.sums[4:8]
    assert [worked_out(first), worked_out(second)] == results[:2]


def test_every_card_and_the_strip_add_up_to_the_pay(office: Office) -> None:
    with office.open():
        for who in (office.charlie, office.dana):
            found = office.page(who)
            run = PayRun.objects.get(pk=office.run.pk)
            assert total(one.amount for one in found.sections if one.key != HELD) == found.gross
            assert total(stat.amount for stat in found.stats[:3]) == found.gross
            assert found.stats[3].amount == found.held
            for one in found.sections:
                assert total(item.amount for item in one.items) == one.amount
                assert all(closes(item) for item in one.items)
        assert run.gross == office.page(office.charlie).gross + office.page(office.dana).gross


def closes(item: Item) -> bool:
    return item.sums[-1].is_result and item.sums[-1].amount == item.amount


def test_what_is_held_is_not_paid_and_leads_to_the_note(office: Office) -> None:
    with office.open():
        found = office.page(office.dana)
    held = section(found.sections, HELD)
    assert (str(found.gross), str(found.held), str(held.amount)) == ("70.00", "70.00", "70.00")
    item = held.items[0]
    assert item.said.endswith("Held until the note of Nov 4 is signed.")
    assert item.sums[-1].label == "Held back; it pays this once the note is signed"
    assert item.note is not None
    assert item.note.words == "Sign the note"
    assert item.note.url in office.text(office.people.dana, "my_pay_run", office.run.pk)


def test_what_an_insurer_took_back_names_the_run_it_was_paid_in(office: Office) -> None:
    """Dana's $70.00 of November 1–15 is taken back in the second half and is more than she earns there."""
    with office.open() as desk:
        desk.finish(office.run)
        entry = desk.insurer_pays(desk.session(office.dana, 6, signed_at=clock.now()), "50.00")
    with office.open() as desk, at(18):
        second = desk.finish(desk.run(office.schedule))
        first = office.page(office.dana, second)
        assert str(first.gross) == "35.00"
    with office.open() as desk, at(2, 12):
        desk.taken_back(entry)
        third = desk.run(office.schedule)
        found = office.page(office.dana, third)
        assert (str(found.gross), found.stats[2].note) == ("0.00", "2 lines")
        back, carried = section(found.sections, "adjustments").items
        assert {str(back.amount), str(carried.amount)} == {"-35.00", "35.00"}
        taken = back if back.amount < ZERO else carried
        over = carried if taken is back else back
        assert "paid in the run of Nov 16–30, goes back" in taken.said
        assert [link.words for link in taken.links][-1] == "Open your pay of Nov 16–30"
        assert taken.sums[-1].label == "Taken off your pay"
        assert over.title == "Carried to the next run"
        assert over.sums[-1].label == "Taken off the next run instead"
        desk.finish(third)
    with office.open() as desk, at(17, 12):
        fourth = desk.run(office.schedule)
        found = office.page(office.dana, fourth)
        titles = [item.title for item in section(found.sections, "adjustments").items]
        assert "Carried from an earlier run" in titles


def test_a_takeback_the_practice_absorbs_costs_nothing_and_says_so(office: Office) -> None:
    with office.open() as desk, at(14):
        entry = desk.insurer_pays(desk.session(office.charlie, 9), "84.37")
        desk.compute(office.run)
        desk.finish(office.run)
    with office.open() as desk, at(18):
        desk.taken_back(entry)
        found = office.page(office.charlie, desk.run(office.schedule))
    item = next(item for item in section(found.sections, "adjustments").items)
    assert str(item.amount) == "0.00"
    assert item.not_counted == ["$84.37 the insurer took back, which the practice absorbs."]
    assert found.stats[2].note == "1, it cost you nothing"


def test_a_fixed_amount_for_several_units_says_how_many(office: Office) -> None:
    with office.open() as desk, at(14):
        grace = desk.clinician("Grace Lindqvist", user=office.people.grace)
        desk.rules(grace, fixed("30.00"), unsigned="flag")
        charge = desk.session(grace, 10)
        type(charge).objects.filter(pk=charge.pk).update(units=2)
        desk.insurer_pays(charge, "100.00")
        run = desk.compute(office.run)
        found = office.page(grace, run, is_own=False)
    rows = section(found.sections, "sessions").items[0].sums
    assert [(row.label, row.times) for row in rows if row.times] == [("Units", "× 2")]
    assert str(rows[-1].amount) == "60.00"
    assert share(Decimal("0.62")) == "62%"
