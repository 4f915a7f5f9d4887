"""Pay in words: each line with its arithmetic, for the person it pays and for those who run payroll."""

from __future__ import annotations

from tests.matrix.row import Row

ROWS: list[Row] = []
