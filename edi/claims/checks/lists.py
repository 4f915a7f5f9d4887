"""The code values that the guide itself lists (005010X222A1), each named by its element."""

from __future__ import annotations

from typing import Final

FREQUENCIES: Final = frozenset({"1", "7", "8"})
FILING_INDICATORS: Final = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "16",
        "17",
        "AM",
        "BL",
        "CH",
        "CI",
        "DS",
        "FI",
        "HM",
        "LM",
        "MA",
        "MB",
        "MC",
        "OF",
        "TV",
        "VA",
        "WC",
        "ZZ",
    ]
)
RESPONSIBILITIES: Final = "PSTABCDEFGH"
"""SBR01 in the order in which payers pay; U (unknown) stands apart."""

MEDICARE_TYPES: Final = frozenset({"12", "13", "14", "15", "16", "41", "42", "43", "47"})
MEDICARE: Final = frozenset({"MA", "MB"})
SEXES: Final = frozenset({"F", "M", "U"})
RELATIONSHIPS: Final = frozenset({"01", "19", "20", "21", "39", "40", "53", "G8"})
OTHER_RELATIONSHIPS: Final = RELATIONSHIPS | {"18"}
YES_NO: Final = frozenset({"Y", "N"})
ASSIGNMENTS: Final = frozenset({"A", "B", "C"})
BENEFITS: Final = frozenset({"Y", "N", "W"})
RELEASES: Final = frozenset({"Y", "I"})
CAUSES: Final = frozenset({"AA", "EM", "OA"})
DELAYS: Final = frozenset(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "15"])
ADJUSTMENT_GROUPS: Final = frozenset({"CO", "CR", "OA", "PI", "PR"})
UNITS: Final = frozenset({"UN", "MJ"})
CODE_QUALIFIERS: Final = frozenset({"HC", "ER", "IV", "WK"})
MEMBER_ID_QUALIFIERS: Final = frozenset({"MI", "II"})
PAYER_ID_QUALIFIERS: Final = frozenset({"PI", "XV"})
TAX_ID_KINDS: Final = frozenset({"EI", "SY"})

VIDEO: Final = frozenset({"95", "GT"})
AUDIO: Final = frozenset({"93", "FQ"})
TELEHEALTH: Final = VIDEO | AUDIO | {"GQ"}
TELEHEALTH_PLACES: Final = frozenset({"02", "10"})
