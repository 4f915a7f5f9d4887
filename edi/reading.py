"""Reading envelopes, tolerantly: what is wrong with them is recorded as defects, and nothing in the file is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from edi.assembling import Assembler
from edi.delimiters import ISA_LENGTH, Delimiters, learn
from edi.errors import UnreadableError
from edi.interchanges import Defect, Group, Interchange, Transaction
from edi.segments import Segment, Segments

__all__ = ["Defect", "Group", "Interchange", "Segment", "Segments", "Transaction", "read"]

BEFORE_TAG: Final = "\r\n\t \x1a\x00\ufeff~$"
"""What senders put between a terminator and the next tag: line ends, blanks, padding, a second terminator."""

_first_isa = re.compile(r"ISA(?=[^A-Za-z0-9\s])")


def read(content: bytes) -> list[Interchange]:
    """The interchanges of a file; raises UnreadableError when it holds no ISA or cannot be split.

    Byte-order marks, newlines after terminators, text wrapped at a column, blanks before ISA and several
    interchanges with different separators are taken as they come.
    """
    text, encoding = decode(content)
    found = _first_isa.search(text)
    if found is None:
        raise UnreadableError(
            "There is no ISA segment in the file, so it is not X12." if text.strip() else "The file is empty."
        )
    interchanges = [
        _read_one(text, start, end, delimiters, encoding) for start, end, delimiters in _spans(text, found.start())
    ]
    if text[: found.start()].strip():
        words = "There is text before the ISA segment, which was left out."
        interchanges[0].defects.insert(0, Defect("ISA", words, 0, "ISA"))
    return interchanges


def decode(content: bytes) -> tuple[str, str]:
    """The text of a file and the encoding that gives its bytes back."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:2]:
        return _decode_wide(content), "utf-8"
    bare = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return bare.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return bare.decode("latin-1"), "latin-1"


def _decode_wide(content: bytes) -> str:
    """The text of a file in two-byte characters, with or without a byte-order mark."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    return content.decode("utf-16-be" if content.startswith(b"\x00") else "utf-16-le", "replace")


def _spans(text: str, start: int) -> Iterator[tuple[int, int, Delimiters]]:
    """Where each interchange begins and ends, and its separators."""
    while start < len(text):
        delimiters = learn(text[start : start + 4 * ISA_LENGTH])
        end = next((at for at in _next_isas(text, start + 1) if _ended(text, at, delimiters.segment)), len(text))
        yield start, end, delimiters
        start = end


def _next_isas(text: str, start: int) -> Iterator[int]:
    """Where an ISA may begin after a place."""
    return (found.start() for found in _first_isa.finditer(text, start))


def _ended(text: str, place: int, terminator: str) -> bool:
    """Whether nothing but signs stands between a terminator and this place."""
    while place and not text[place - 1].isalnum():
        place -= 1
        if text[place] == terminator:
            return True
    return False


def _read_one(text: str, start: int, end: int, delimiters: Delimiters, encoding: str) -> Interchange:
    """The interchange between two places of the text."""
    assembler = Assembler(text, delimiters, encoding)
    for place, piece in _pieces(text, start, end, delimiters.segment):
        assembler.take(place, piece)
    if (
        not text[max(start, end - ISA_LENGTH) : end]
        .rstrip(BEFORE_TAG.replace(delimiters.segment, ""))
        .endswith(delimiters.segment)
    ):
        assembler.note_open_end()
    return assembler.finish()


def _pieces(text: str, start: int, end: int, terminator: str) -> Iterator[tuple[int, str]]:
    """Each segment with its place, without what stands before its tag and the line breaks inside it."""
    place = start
    for raw in text[start:end].split(terminator):
        piece = raw
        if not raw[:1].isalnum():
            piece = raw.lstrip(BEFORE_TAG)
        offset = len(raw) - len(piece)
        if "\n" in piece or "\r" in piece:
            piece = piece.replace("\r", "").replace("\n", "")
        if piece:
            yield place + offset, piece
        place += len(raw) + 1
