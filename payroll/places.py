"""Where payroll shows outside of its own pages: the navigation and Settings."""

from __future__ import annotations

from clinicians import cards
from payroll.agreements.card import pay_card
from payroll.waiting import own_pay, runs_waiting
from practice import navigation
from practice.navigation import Item
from practice.setup import further
from practice.setup.further import Further

RUNS = ("payroll:view", "payroll:totals")


def register() -> None:
    """Called once at start-up."""
    navigation.register(Item("My pay", "wallet", "my_pay", ("payroll:own",), "y", "", 6, waiting=own_pay, tab="Pay"))
    navigation.register(Item("Payroll", "wallet", "payroll", RUNS, "w", "Practice", 70, waiting=runs_waiting))
    further.register(
        Further("Payroll providers", "Codes, numbers and who pays salaries", "payroll_providers", "file-export", RUNS)
    )
    cards.register(pay_card)
