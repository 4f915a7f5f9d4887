"""Addresses outside every practice, and what somebody who has not signed in gets there."""

from __future__ import annotations

from typing import Final

ANYBODY: Final = "anybody"  # opens without signing in
SIGNED_IN: Final = "signed in"  # leads to the sign-in page

OUTSIDE: Final[dict[str, str]] = {
    "home": SIGNED_IN,
    "healthz": ANYBODY,
}
