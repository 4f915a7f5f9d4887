"""Pages that belong to no single room."""

from __future__ import annotations

from tests.matrix.row import Row

ROWS = [Row("practice_start", allowed="alice bob charlie dana frank grace ivan")]
