"""The fingerprint of a remittance's content, the same in whatever wrapping it arrives."""

from __future__ import annotations

import hashlib

from edi.segments import Segments

ELEMENT, COMPONENT, REPETITION, SEGMENT = "\x1f", "\x1d", "\x1c", "\x1e"


def content_hash(segments: Segments) -> str:
    """SHA-256, in hex, of the segments from BPR to the one before SE.

    Before hashing, the separators the file uses are replaced by fixed control characters (elements by 1F, components
    by 1D, repetitions by 1C, segments by 1E), and empty elements and blanks at the end of a segment are cut; line
    breaks were dropped when the file was read (`edi.reading`). ISA, GS, ST and SE are not part of it. So other
    separators, one line or many, other control numbers and another interchange give the same hash, and any other
    difference in content gives another one.
    """
    marks = segments.delimiters
    blank = f"{marks.element} "
    text = SEGMENT.join([one.rstrip(blank) for one in _content(segments)])
    text = text.replace(marks.element, ELEMENT).replace(marks.component, COMPONENT)
    text = text.replace(marks.repetition, REPETITION)
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _content(segments: Segments) -> list[str]:
    """The texts from BPR (or what follows ST, where there is none) to the one before SE."""
    texts, mark = segments.texts, segments.delimiters.element
    start = next((index for index, text in enumerate(texts) if text.startswith(f"BPR{mark}")), 1)
    stop = len(texts) - 1 if texts[-1].startswith(f"SE{mark}") else len(texts)
    return texts[start:stop]
