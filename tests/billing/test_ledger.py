"""The ledger in PostgreSQL: nothing unbalanced is committed, nothing is ever changed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from billing.ledger import services
from billing.ledger.postings import Posting
from billing.ledger.services import AlreadyReversedError, Draft
from billing.models import Account, Entry, LedgerLine
from practice import clock
from practice.actors import Actor
from practice.models import Practice
from practice.tenancy.context import practice_context
from tests.people import Cast, make_cast

DAY = dt.date(2026, 11, 16)
LINES = [Posting(Account.BANK, Decimal("25.00")), Posting(Account.OTHER_INCOME, Decimal("-25.00"))]


def post(practice: Practice) -> Entry:
    draft = Draft(Entry.Kind.PAYMENT, LINES, DAY)
    return services.post(draft, practice=practice, actor=Actor.system(practice.pk))


def check_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def lone_line(entry: Entry) -> LedgerLine:
    return LedgerLine(entry=entry, account=Account.BANK, amount=Decimal("1.00"), posted_on=DAY, effective_on=DAY)


def test_an_entry_is_posted_today_and_effective_on_its_day(people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        entry = post(people.fernhollow)
        check_now()
        assert entry.posted_on == clock.today(people.fernhollow)
        assert {line.effective_on for line in LedgerLine.objects.all()} == {DAY}


def test_an_entry_without_lines_is_refused(people: Cast, inside: Any) -> None:
    with pytest.raises(IntegrityError, match=r"entry_balances|is off by"), inside(people.fernhollow):  # noqa: PT012
        Entry.objects.create(
            kind=Entry.Kind.PAYMENT, posted_on=DAY, effective_on=DAY, made_at=clock.now(), made_by_name="x"
        )
        check_now()


def test_a_line_added_later_is_refused(people: Cast, inside: Any) -> None:
    with pytest.raises(IntegrityError, match=r"is off by 1\.00"), inside(people.fernhollow):  # noqa: PT012
        lone_line(post(people.fernhollow)).save()
        check_now()


def test_a_line_of_zero_is_refused(people: Cast, inside: Any) -> None:
    with pytest.raises(IntegrityError, match="ledger_line_not_zero"), inside(people.fernhollow):  # noqa: PT012
        line = lone_line(post(people.fernhollow))
        line.amount = Decimal("0.00")
        line.save()


@pytest.mark.parametrize("table", ["billing_entry", "billing_ledgerline"])
def test_the_web_role_can_neither_change_nor_delete_lines(people: Cast, inside: Any, table: str) -> None:
    for statement in (f"UPDATE {table} SET practice_id = practice_id", f"DELETE FROM {table}"):  # noqa: S608
        refused = pytest.raises(ProgrammingError, match="permission denied")
        with refused, inside(people.fernhollow), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_reversal_is_the_exact_opposite_and_happens_once(people: Cast, inside: Any) -> None:
    actor = people.actor(people.bob)
    with inside(people.fernhollow):
        entry = post(people.fernhollow)
        services.reverse(entry, practice=people.fernhollow, actor=actor, memo="Typed twice")
        check_now()
        assert sum(line.amount for line in LedgerLine.objects.filter(account=Account.BANK)) == 0
        with pytest.raises(AlreadyReversedError):
            services.reverse(entry, practice=people.fernhollow, actor=actor, memo="Again")


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_check_works_although_the_context_is_closed_before_the_commit(standing_clock: None) -> None:
    """The trigger runs at commit, when row-level security would show app_web no line at all."""
    people = make_cast()
    with transaction.atomic(), practice_context(people.fernhollow.pk, phi=True):
        post(people.fernhollow)
    with pytest.raises(IntegrityError), transaction.atomic(), practice_context(people.fernhollow.pk, phi=True):
        lone_line(post(people.fernhollow)).save()
    with transaction.atomic(), practice_context(people.fernhollow.pk, phi=True):
        assert LedgerLine.objects.count() == 2
