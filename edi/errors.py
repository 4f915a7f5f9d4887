"""What can be wrong with X12 text, each said in a sentence a person can act on."""

from __future__ import annotations


class X12Error(ValueError):
    """A value or a file that X12 005010 does not allow."""


class UnreadableError(X12Error):
    """The file cannot be split into segments; says why and, where known, at which segment."""

    def __init__(self, reason: str, segment: int = 0, tag: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.segment = segment
        self.tag = tag
