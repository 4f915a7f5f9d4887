"""Supervision in a circle."""

from __future__ import annotations

import datetime as dt

from clinicians.circles import Link, closes


def link(supervisee: int, supervisor: int, first: int = 1, last: int | None = None) -> Link:
    until = None if last is None else dt.date(2026, 1, last)
    return Link(supervisee, supervisor, dt.date(2026, 1, first), until)


def test_two_who_supervise_each_other() -> None:
    assert closes(link(1, 2), [link(2, 1)]) == [2, 1]


def test_a_circle_of_three_names_the_chain() -> None:
    assert closes(link(1, 2), [link(2, 3), link(3, 1)]) == [2, 3, 1]


def test_a_chain_is_no_circle() -> None:
    assert closes(link(1, 2), [link(2, 3), link(3, 4)]) == []


def test_a_circle_needs_a_day_that_all_links_share() -> None:
    assert closes(link(1, 2, 1, 9), [link(2, 1, 10)]) == []
    assert closes(link(1, 2, 1, 20), [link(2, 3, 1, 5), link(3, 1, 6, 20)]) == []
    assert closes(link(1, 2, 1, 20), [link(2, 3, 1, 6), link(3, 1, 6, 20)]) == [2, 3, 1]


def test_an_older_circle_among_others_does_not_trap_the_search() -> None:
    assert closes(link(1, 2), [link(2, 3), link(3, 2)]) == []
