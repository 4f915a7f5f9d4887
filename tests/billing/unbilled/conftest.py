"""The fixtures of claims."""

from __future__ import annotations

from tests.billing.claims.conftest import office, post

__all__ = ["office", "post"]
