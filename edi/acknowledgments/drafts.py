"""What has been read so far of the answer to a transaction, until it is complete."""

from __future__ import annotations

from edi.acknowledgments.model import ElementError, SegmentError, SetResponse
from edi.segments import Segment


class ElementDraft:
    """An IK4 and the CTX segments under it."""

    def __init__(self, start: Segment) -> None:
        self.start = start
        self.contexts: list[str] = []

    def finished(self) -> ElementError:
        """The error as read."""
        start = self.start
        return ElementError(
            position=count(start.part(1, 1)),
            component=count(start.part(1, 2)),
            repetition=count(start.part(1, 3)),
            reference=start[2],
            code=start[3],
            value=start[4],
            contexts=tuple(self.contexts),
        )


class SegmentDraft:
    """An IK3, the CTX segments and the elements under it."""

    def __init__(self, start: Segment) -> None:
        self.start = start
        self.contexts: list[str] = []
        self.elements: list[ElementDraft] = []

    def finished(self) -> SegmentError:
        """The error as read."""
        start = self.start
        return SegmentError(
            segment=start[1],
            position=count(start[2]),
            loop=start[3],
            code=start[4],
            contexts=tuple(self.contexts),
            elements=tuple(one.finished() for one in self.elements),
        )


class SetDraft:
    """An AK2, the errors under it and its IK5."""

    def __init__(self, start: Segment) -> None:
        self.start = start
        self.end: Segment | None = None
        self.errors: list[SegmentDraft] = []

    def finished(self) -> SetResponse:
        """The answer as read; without IK5 its status is empty and its verdict unknown."""
        return SetResponse(
            set_id=self.start[1],
            control=self.start[2],
            version=self.start[3],
            status=self.end[1] if self.end else "",
            codes=tuple(code for code in self.end.elements[2:7] if code) if self.end else (),
            errors=tuple(one.finished() for one in self.errors),
        )


def count(text: str) -> int:
    """A count or position; 0 when it is no number."""
    return int(text) if text.isascii() and text.isdigit() else 0
