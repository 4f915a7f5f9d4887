"""The same remittances in another wrapping: separators, line ends, control numbers, interchanges and files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from random import Random
from typing import Final

from edi.delimiters import Delimiters
from edi.envelope import Envelope
from edi.remittances import model as x12
from edi.remittances import writing

SEPARATORS: Final = (
    Delimiters(),
    Delimiters(component=">"),
    Delimiters("|", "<", "\\", "\n"),
    Delimiters(element="+", component=":", repetition="!", segment="'"),
)
LINE_ENDS: Final = (b"", b"\n", b"\r\n", b"\r\n\r\n")
BEGINNINGS: Final = (b"", b"\xef\xbb\xbf", b"  \r\n", b"\xef\xbb\xbf\n")


def interchange(said: Sequence[x12.Remittance], dice: Random) -> bytes:
    """Some remittances as one interchange of any look."""
    marks, control = dice.choice(SEPARATORS), dice.randint(1, 999_999_999)
    envelope = Envelope(sender=f"S{control % 97}", receiver="FERN01", usage="T", delimiters=marks)
    made_at = dt.datetime(2026, 11, dice.randint(1, 16), 9, dice.randint(0, 59))  # noqa: DTZ001 - no zone in an envelope
    content = writing.write(said, envelope, control=control, group_control=dice.randint(1, 9999), made_at=made_at)
    end = marks.segment.encode()
    return content.replace(end, end + dice.choice(LINE_ENDS)) if end != b"\n" else content


def wrapped(said: Sequence[x12.Remittance], dice: Random) -> list[bytes]:
    """All of them, in any order, over one or several interchanges and files."""
    order = dice.sample(said, len(said))
    files: list[bytes] = []
    while order:
        count = dice.randint(1, len(order))
        content = interchange(order[:count], dice)
        order = order[count:]
        if files and dice.random() < 0.5:
            files[-1] += content
        else:
            files.append(dice.choice(BEGINNINGS) + content)
    return [content.decode().encode("utf-16") if dice.random() < 0.1 else content for content in files]
