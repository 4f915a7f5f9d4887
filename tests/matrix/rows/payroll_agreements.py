"""Pay rules on pages: who is paid how, from which day, version after version."""

from __future__ import annotations

from tests.matrix.row import Row

ROWS: list[Row] = []
