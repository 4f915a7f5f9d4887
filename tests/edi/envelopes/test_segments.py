"""Segments answer for elements, components and repetitions as X12 numbers them."""

from __future__ import annotations

from edi.delimiters import Delimiters
from edi.segments import Segment, Segments


def test_elements_are_numbered_from_one_and_absent_ones_are_empty() -> None:
    segment = Segment(["SV1", "HC:90834:95", "150", "", "A^B"], Delimiters())
    assert (segment.tag, segment[1], segment[2], segment[3], segment[9]) == ("SV1", "HC:90834:95", "150", "", "")
    assert (segment.part(1, 2), segment.part(1, 7), segment.part(8, 1)) == ("90834", "", "")
    assert segment.parts(1) == ["HC", "90834", "95"]
    assert segment.repeats(4) == ["A", "B"]
    assert segment.repeats(3) == []
    assert str(segment) == "SV1*HC:90834:95*150**A^B"
    assert len(segment) == 4


def test_segments_are_a_sequence() -> None:
    segments = Segments(["ST*837*1", "BHT*0019", "SE*3*1"], Delimiters())
    assert [segment.tag for segment in segments] == ["ST", "BHT", "SE"]
    assert segments[-1][1] == "3"
    assert [segment.tag for segment in segments[1:]] == ["BHT", "SE"]
    assert segments[0] == Segment(["ST", "837", "1"], Delimiters())
    assert len({segments[0], segments[0]}) == 1
