"""In which loop each segment of an answer stands, by the segments that open loops (005010 X221A1, X231A1, X214, …)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from edi.interchanges import Transaction
from edi.segments import Segment

ACKNOWLEDGED: Final = {
    "AK2": "2000", "IK3": "2100", "AK3": "2100", "IK4": "2110", "AK4": "2110", "IK5": "2000", "AK5": "2000", "AK9": "",
}  # fmt: skip
OPENERS: Final = {
    "835": {"N1*PR": "1000A", "N1*PE": "1000B", "LX": "2000", "CLP": "2100", "SVC": "2110", "PLB": "", "SE": ""},
    "999": ACKNOWLEDGED,
    "997": ACKNOWLEDGED,
}
"""For sets without levels: which loop a tag, or a tag with its first element, opens."""

LEVELS: Final = {
    "270": {"20": "A", "21": "B", "22": "C", "23": "D"},
    "271": {"20": "A", "21": "B", "22": "C", "23": "D"},
    "276": {"20": "A", "21": "B", "19": "C", "22": "D", "23": "E"},
    "277": {"20": "A", "21": "B", "19": "C", "22": "D", "PT": "D", "23": "E"},
}
"""For sets with levels: the letter of each HL03."""

UNDER: Final = {
    "270": {"HL": "2000", "NM1": "2100", "EQ": "2110"},
    "271": {"HL": "2000", "NM1": "2100", "EB": "2110", "LS": "2120", "LE": "2110"},
    "276": {"HL": "2000", "NM1": "2100", "TRN": "2200", "SVC": "2210"},
    "277": {"HL": "2000", "NM1": "2100", "TRN": "2200", "SVC": "2220"},
}
"""For sets with levels: the number of the loop that a tag opens under one."""


def loops(sent: Transaction) -> Iterator[str]:
    """The loop of each segment of a transaction, in order; '' for header, trailer and what is not known."""
    if sent.set_id in LEVELS:
        return _levelled(sent)
    return _opened(sent, OPENERS.get(sent.set_id, {}))


def _opened(sent: Transaction, openers: dict[str, str]) -> Iterator[str]:
    """The loops of a set without levels."""
    loop = ""
    for segment in sent.segments:
        loop = openers.get(segment.tag, openers.get(f"{segment.tag}*{segment[1]}", loop))
        yield loop


def _levelled(sent: Transaction) -> Iterator[str]:
    """The loops of a set with levels."""
    letters, under = LEVELS[sent.set_id], UNDER[sent.set_id]
    letter = number = ""
    for segment in sent.segments:
        letter = _letter(segment, letters, letter)
        opened = under.get(segment.tag)
        if opened and not (segment.tag == "NM1" and number == UNDER["271"]["LS"]):
            number = opened
        yield f"{number}{letter}" if letter else ""


def _letter(segment: Segment, letters: dict[str, str], letter: str) -> str:
    """The letter of the level that a segment stands in."""
    if segment.tag == "SE":
        return ""
    return letters.get(segment[3], "") if segment.tag == "HL" else letter
