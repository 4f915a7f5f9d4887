"""Pay runs on pages: the list, one run from open to locked, and who may do what with it."""

from __future__ import annotations

from tests.matrix.row import Row

ROWS: list[Row] = []
