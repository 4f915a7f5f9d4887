"""The pages that send people elsewhere to put something right, and are gone back to when it is saved."""

from __future__ import annotations

from practice import returning


def register() -> None:
    """Lets the worklists, and the pages of one claim or denial, be gone back to."""
    returning.register(
        "rejections", "denials", "unbilled", "holds", "eligibility", "eligibility_check",
        "claim", "correct_claim", "replace_claim", "bill_instead", "denial",
    )  # fmt: skip
