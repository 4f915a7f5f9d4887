"""The tables of the charting app."""

from __future__ import annotations

from charting.models.documentation import Documentation, Signature

__all__ = ["Documentation", "Signature"]
