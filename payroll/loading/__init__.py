"""Reads what a run is figured from, in a constant number of statements. The caller holds the locks."""

from __future__ import annotations

from payroll.loading.inputs import inputs_of

__all__ = ["inputs_of"]
