"""The writers alone: exact bytes, names, limits, and that no cent is lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payroll.exports import adp_run, cells, generic, gusto, gusto_contractors
from payroll.exports.facts import Batch, Format, Pay, Payee, Sort
from practice.money import cents

FORMATS = [gusto.FORMAT, gusto_contractors.FORMAT, adp_run.FORMAT, generic.FORMAT]


def pay(sort: str, amount: str, hours: str = "0.00", rate: str | None = None) -> Pay:
    return Pay(sort=Sort(sort), amount=Decimal(amount), hours=Decimal(hours), rate=Decimal(rate) if rate else None)


def payee(first: str = "Ana", last: str = "Reyes", *paid: Pay, **facts: Any) -> Payee:
    known: dict[str, Any] = {"tax_class": "w2", "external_id": "5g9934"} | facts
    return Payee(name=f"{first} {last}", first_name=first, last_name=last, pay=paid, **known)


def batch(*payees: Payee, **facts: Any) -> Batch:
    known: dict[str, Any] = {"company": "R1ABC", "frequency": "semi_monthly"} | facts
    first, last, day = dt.date(2026, 11, 1), dt.date(2026, 11, 15), dt.date(2026, 11, 20)
    return Batch(starts_on=first, ends_on=last, pay_on=day, payees=payees, **known)


def lacks(provider: Any, made: Batch) -> list[str]:
    return [one.words for one in provider.missing(made)]


ANA = payee(
    "Ana", "Reyes", pay("hours", "1800.00", "60.00", "30.00"), pay("commission", "1742.64"), pay("reimbursement", "25")
)
BEN = payee(
    "Ben",
    "Okafor",
    pay("hours", "1490.00", "74.50", "20.00"),
    pay("overtime", "25.00", "2.50"),
    pay("bonus", "150.00"),
    external_id="a1b2c3",
)


def test_the_golden_rows_of_gusto() -> None:
    assert gusto.write(batch(ANA, BEN)) == (
        b"last_name,first_name,title,gusto_employee_id,regular_hours,overtime_hours,double_overtime_hours,"
        b"missed_break_hours,owners_draw,bonus,commission,paycheck_tips,cash_tips,correction_payment,reimbursement,"
        b"personal_note\r\n"
        b"Reyes,Ana,,5g9934,60.00,,,,,,1742.64,,,,25.00,\r\n"
        b"Okafor,Ben,,a1b2c3,72.00,2.50,,,,150.00,,,,,,\r\n"
    )
    assert gusto.filename(batch()) == "gusto-2026-11-01-2026-11-15.csv"


def test_the_golden_rows_of_adp_run() -> None:
    made = batch(replace(ANA, external_id="000101"), replace(BEN, external_id="000102"))
    assert adp_run.write(made) == (
        b"##GENERIC## V1.0\r\n"
        b"IID,Pay Frequency,Pay Period Start,Pay Period End,Employee ID,Earnings Code,Pay Hours,Dollars,"
        b"Separate Check,Worked In Dept,Rate Code\r\n"
        b"R1ABC,S,11/01/2026,11/15/2026,000101,REG,60.00,,0,,BASE\r\n"
        b"R1ABC,S,11/01/2026,11/15/2026,000101,COM,,1742.64,0,,\r\n"
        b"R1ABC,S,11/01/2026,11/15/2026,000101,RMB,,25.00,0,,\r\n"
        b"R1ABC,S,11/01/2026,11/15/2026,000102,REG,72.00,,0,,BASE\r\n"
        b"R1ABC,S,11/01/2026,11/15/2026,000102,OVT,2.50,,0,,BASE\r\n"
        b"R1ABC,S,11/01/2026,11/15/2026,000102,BON,,150.00,0,,\r\n"
    )
    assert adp_run.filename(made) == "Semimonthly-11012026-11152026.csv"
    assert lacks(adp_run, made) == []


def test_a_premium_that_is_not_half_the_rate_stays_in_dollars() -> None:
    blended = replace(BEN, pay=(BEN.pay[0], pay("overtime", "35.48", "2.00")))
    assert b",74.50,,,,,35.48,,,,,,\r\n" in gusto.write(batch(blended))
    assert b"REG,74.50,,0,,BASE\r\n" in adp_run.write(batch(blended))
    assert b"OVT,,35.48,0,,\r\n" in adp_run.write(batch(blended))


def test_a_name_that_a_spreadsheet_would_run_is_defused_and_numbers_keep_their_sign() -> None:
    who = payee("=1+1", "@Ca,ll", pay("commission", "-10.50"), external_id="000007")
    assert cells.file([["x"]]) == b"x\r\n"
    assert b"000007,\"'@Ca,ll\",'=1+1,W-2," in generic.write(batch(who))
    assert b",commission,Sessions,,,-10.50,\r\n" in generic.write(batch(who))
    assert [cells.text(value) for value in ("=a", "+a", "-a", "@a", "\ta", "\ra", "a=")] == [
        "'=a", "'+a", "'-a", "'@a", "'\ta", "'\ra", "a=",
    ]  # fmt: skip


def test_names_beyond_ascii_are_utf8_without_a_byte_order_mark() -> None:
    content = gusto.write(batch(payee("Zoë", "Núñez", pay("bonus", "5.00"))))
    assert content.startswith(b"last_name")
    assert "Núñez,Zoë".encode() in content


def test_salaries_are_left_to_the_provider_or_are_dollars_of_the_file() -> None:
    who = payee("Ana", "Reyes", pay("salary", "2708.33"))
    assert lacks(gusto, batch(who)) == ["Say whether Gusto pays salaries by itself or takes them from the file."]
    assert b"Reyes,Ana,,5g9934,,,,,,,,,,,,\r\n" in gusto.write(batch(who, salaries="provider"))
    assert b"Reyes,Ana,,5g9934,,,,,,,2708.33,,,,,\r\n" in gusto.write(batch(who, salaries="file"))
    assert lacks(adp_run, batch(who, salaries="provider")) == []
    assert lacks(adp_run, batch(who, salaries="file")) == ["The earnings code at ADP RUN for salary is not entered."]
    assert b",SAL,,2708.33,0,,\r\n" in adp_run.write(batch(who, salaries="file", codes={"salary": "SAL"}))


def test_everything_that_is_missing_is_said_at_once() -> None:
    two_rates = payee(
        "Ana", "Reyes", pay("hours", "45.00", "1.00", "45.00"), pay("hours", "20.00", "1.00", "20.00"), external_id=""
    )
    long = payee("Ben", "Okafor", pay("other", "5.00"), external_id="0123456789012345")
    nobody = payee("Cy", "Ito", pay("bonus", "5.00"), external_id="", is_mapped=False)
    assert lacks(adp_run, batch(two_rates, long, nobody, company="", is_off_cycle=True)) == [
        "The company code (IID) at ADP RUN is not entered.",
        "ADP RUN takes regular periods only. Use the file for any other provider for an off-cycle run.",
        "Cy Ito is not entered for ADP RUN.",
        "Ana Reyes has no number at ADP RUN.",
        "Ben Okafor’s number at ADP RUN has more than 15 characters.",
        "The earnings code at ADP RUN for other pay is not entered.",
        "Ana Reyes has hours at $45.00 and $20.00; the file for ADP RUN takes one hourly rate a person.",
    ]


def test_gusto_tells_people_of_one_name_apart_by_their_number_alone() -> None:
    first, second = payee("Ana", "Reyes", external_id=""), payee("ANA", "reyes", external_id="12")
    assert lacks(gusto, batch(first, second)) == [
        "ANA reyes’s number at Gusto, 12, does not have six letters or digits.",
        "Ana Reyes shares a name with somebody else at Gusto and needs a number there.",
    ]
    assert len(gusto_contractors.missing(batch(first, second))) == 2


def test_hours_below_zero_are_refused_where_the_provider_multiplies_them() -> None:
    who = payee("Ana", "Reyes", pay("hours", "-20.00", "-1.00", "20.00"))
    assert lacks(gusto, batch(who)) == ["Ana Reyes’s hours are below zero; Gusto takes none below zero."]


amounts = st.decimals("-9999.99", "99999.99", places=2)
hours = st.decimals("0.01", "99.99", places=2)


@st.composite
def people(draw: st.DrawFn) -> Payee:
    """Somebody with dollars of some sorts and hours at one rate, overtime at half of it or at anything."""
    paid = [Pay(sort=sort, amount=draw(amounts)) for sort in draw(st.sets(st.sampled_from(list(Sort)[3:])))]
    if draw(st.booleans()):
        rate, worked = draw(st.decimals("1.00", "99.99", places=2)), draw(hours)
        paid.append(Pay(sort=Sort.HOURS, amount=cents(rate * worked), hours=worked, rate=rate))
        over = draw(hours)
        premium = draw(st.one_of(st.just(cents(over * rate / 2)), amounts))
        paid.append(Pay(sort=Sort.OVERTIME, amount=premium, hours=over))
    return payee("Ana", "Reyes", *paid)


@pytest.mark.parametrize("form", FORMATS, ids=["gusto", "contractors", "adp_run", "generic"])
@given(who=st.lists(people(), max_size=4), salaries=st.sampled_from(["file", "provider"]))
def test_what_a_file_says_is_what_the_run_pays_to_the_cent(form: Format, who: list[Payee], salaries: str) -> None:
    made = batch(*who, salaries=salaries, codes={sort.value: "X" for sort in Sort})
    said = cells.sum_of(form.write(made), form.money, lines_before_header=form.lines_before_header)
    assert said + form.left_out(made) == made.amount
    if form.hours:
        assert cells.sum_of(form.write(made), form.hours, lines_before_header=form.lines_before_header) == made.hours
