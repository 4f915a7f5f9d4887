"""What changes pay. Each function is one change: permission, lock, change, trail, effects on commit."""

from __future__ import annotations

from payroll.services.entries import (
    add_hours,
    add_manual_line,
    change_hours,
    remove_hours,
    remove_manual_line,
    restore_hours,
    restore_manual_line,
)
from payroll.services.payees import map_payee
from payroll.services.rules import add_rule_set, change_rule_set, end_rule_set
from payroll.services.runs import discard_run, open_off_cycle_run, open_run
from payroll.services.schedules import add_schedule, end_schedule, keep_schedule, make_periods
from payroll.services.states import approve, lock, mark_exported, withdraw_approval
from payroll.services.work import ask_to_compute, compute

__all__ = [
    "add_hours",
    "add_manual_line",
    "add_rule_set",
    "add_schedule",
    "approve",
    "ask_to_compute",
    "change_hours",
    "change_rule_set",
    "compute",
    "discard_run",
    "end_rule_set",
    "end_schedule",
    "keep_schedule",
    "lock",
    "make_periods",
    "map_payee",
    "mark_exported",
    "open_off_cycle_run",
    "open_run",
    "remove_hours",
    "remove_manual_line",
    "restore_hours",
    "restore_manual_line",
    "withdraw_approval",
]
