"""The identifiers (REF) by which an answer, 277CA or 277, says which claim and which line it means."""

from __future__ import annotations

from edi.parties import Reference, reference


class ClaimNumbers:
    """What a claim's references say."""

    __slots__ = ()
    references: tuple[Reference, ...]

    @property
    def payer_control_number(self) -> str:
        """REF*1K: the payer's number, which a replacement or void has to name (REF*F8)."""
        return reference(self.references, "1K")


class LineNumbers:
    """What a line's references say."""

    __slots__ = ()
    references: tuple[Reference, ...]

    @property
    def reference(self) -> str:
        """REF*FJ: the line's number as the claim had it (REF*6R)."""
        return reference(self.references, "FJ")
