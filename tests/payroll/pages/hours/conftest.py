"""The room of runs, whose people have rules, schedules and hours."""

from __future__ import annotations

from tests.payroll.pages.runs.conftest import room

__all__ = ["room"]
