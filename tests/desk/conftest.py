"""The demo needs the shared directory and code sets."""

from __future__ import annotations

from tests.reference import reference

__all__ = ["reference"]
