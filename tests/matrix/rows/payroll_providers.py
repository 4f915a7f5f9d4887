"""Payroll providers on pages: how the practice is set up there, under which numbers, and the files of a run."""

from __future__ import annotations

from tests.matrix.row import Row

ROWS: list[Row] = []
