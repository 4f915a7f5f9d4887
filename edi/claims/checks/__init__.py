"""Checks of claims before they are sent, and of files that others made."""

from __future__ import annotations

from edi.claims.checks.files import check
from edi.claims.checks.outside import check_bytes, check_interchange
from edi.claims.problems import Problem

__all__ = ["Problem", "check", "check_bytes", "check_interchange"]
