"""The rows, one module a room. A new address without a row fails the build."""

from __future__ import annotations

from tests.matrix.row import Row
from tests.matrix.rows import desk, practice

ROWS: list[Row] = [*desk.ROWS, *practice.ROWS]
