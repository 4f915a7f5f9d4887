"""Members, set-up, payers, contracts."""

from __future__ import annotations

from tests.matrix.row import Row

ROWS: list[Row] = []
