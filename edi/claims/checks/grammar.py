"""Which segments each loop of an 837P may hold, in which order and with which qualifiers (005010X222A1).

A rule reads `tag=qualifiers*most`: the qualifiers the first element may have, and how often the tag may stand in
the loop (once when nothing is said, any number of times for `*0`); `!` marks a segment that must be there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

HEADER: Final = "ST! BHT=0019!"
NAME_AND_ADDRESS: Final = "NM1! N3! N4!"
DATES_OF_CLAIM: Final = "431/454/304/453/439/484/455/471/314/360/361/297/296/435/096/090/091/444/050"
REFERENCES_OF_CLAIM: Final = "4N/F5/EW/9F/G1/F8/X4/9A/9C/LX/D9/EA/P4/1J"
DATES_OF_LINE: Final = "472/471/607/463/461/304/738/739/011/455/454"
REFERENCES_OF_LINE: Final = "9B/9D/G1/6R/EW/X4/F4/BT/9F"
LATE_LINE: Final = "AMT=T/F4*2 K3*10 NTE=ADD/DCP/TPO*2 PS1 HCP"
IDS: Final = "REF=0B/1G/G2/LU*20"

RULES: Final = {
    "header": HEADER,
    "1000A": "NM1! PER=IC!*2",
    "1000B": "NM1!",
    "2000A": "HL! PRV=BI CUR=85",
    "2010AA": "NM1! N3! N4! REF=EI/SY/0B/1G!*3 PER=IC*2",
    "2010AB": NAME_AND_ADDRESS,
    "2010AC": "NM1! N3! N4! REF=2U/FY/NF/EI!*2",
    "2000B": "HL! SBR! PAT",
    "2010BA": "NM1! N3 N4 DMG=D8 REF=SY/Y4*2 PER=IC",
    "2010BB": "NM1! N3 N4 REF=2U/EI/FY/NF/G2/LU*5",
    "2000C": "HL! PAT!",
    "2010CA": "NM1! N3! N4! DMG=D8! REF=Y4/1W/SY*2 PER=IC",
    "2300": f"CLM! DTP={DATES_OF_CLAIM}*17 PWK*10 CN1 AMT=F5 REF={REFERENCES_OF_CLAIM}*14 K3*10"
    " NTE=ADD/CER/DCP/DGN/TPO CR1 CR2 CRC*8 HI=ABK/BK/BP/BG!*4 HCP",
    "2310A": "NM1! REF=0B/1G/G2*3",
    "2310B": "NM1! PRV=PE REF=0B/1G/G2/LU*4",
    "2310C": "NM1! N3! N4! REF=0B/G2/LU*3 PER=IC",
    "2310D": "NM1! REF=0B/1G/G2/LU*4",
    "2310E": NAME_AND_ADDRESS,
    "2310F": NAME_AND_ADDRESS,
    "2320": "SBR! CAS=CO/CR/OA/PI/PR*5 AMT=D/A8/EAF*3 OI! MOA",
    "2330A": "NM1! N3 N4 REF=SY",
    "2330B": "NM1! N3 N4 DTP=573 REF=2U/EI/FY/NF/G1/9F/T4/F8*6",
    "2330C": "NM1! REF=0B/1G/G2!*3",
    "2330D": "NM1! REF=0B/1G/G2/LU!*3",
    "2330E": "NM1! REF=0B/G2/LU!*3",
    "2330F": "NM1! REF=0B/1G/G2/LU!*3",
    "2330G": "NM1! REF=G2/LU!*2",
    "2400": f"LX! SV1! SV5 PWK*11 CR1 CR3 CRC*5 DTP={DATES_OF_LINE}!*12 QTY=PT/FL*2 MEA*5 CN1"
    f" REF={REFERENCES_OF_LINE}*17 {LATE_LINE}",
    "2410": "LIN! CTP! REF=VY/XZ",
    "2420A": f"NM1! PRV=PE {IDS}",
    "2420B": f"NM1! {IDS}",
    "2420C": "NM1! N3! N4! REF=G2/LU*3",
    "2420D": f"NM1! {IDS}",
    "2420E": f"NM1! N3 N4 {IDS} PER=IC",
    "2420F": f"NM1! {IDS}",
    "2420G": NAME_AND_ADDRESS,
    "2420H": NAME_AND_ADDRESS,
    "2430": "SVD! CAS=CO/CR/OA/PI/PR*5 DTP=573! AMT=EAF",
    "2440": "LQ=AS/UT! FRM!*99",
}

LOOPS_WITHIN: Final = {
    "header": ("1000A", "1000B"),
    "2000A": ("2010AA",),
    "2000B": ("2010BA", "2010BB"),
    "2000C": ("2010CA",),
    "2300": ("2400",),
    "2320": ("2330A", "2330B"),
}
"""The loops that must stand under each loop."""

ONCE: Final = {
    "1000A", "1000B", "2010AA", "2010AB", "2010AC", "2010BA", "2010BB", "2010CA", "2310B", "2310C", "2310D", "2330A",
    "2330B", "2420A", "2420C", "2420D",
}  # fmt: skip
"""The loops that may stand only once under their loop."""

NAMES: Final = {
    "header": "the head of the transaction",
    "1000A": "the submitter",
    "1000B": "the receiver",
    "2000A": "the billing level",
    "2010AA": "the billing provider",
    "2010AB": "the pay-to address",
    "2000B": "the subscriber level",
    "2010BA": "the subscriber",
    "2010BB": "the payer",
    "2000C": "the patient level",
    "2010CA": "the patient",
    "2300": "the claim",
    "2310A": "the referring provider",
    "2310B": "the rendering provider",
    "2310C": "the service location",
    "2310D": "the supervising provider",
    "2320": "the other coverage",
    "2330A": "the other subscriber",
    "2330B": "the other payer",
    "2400": "the service line",
    "2420A": "the line's rendering provider",
    "2420C": "the line's service location",
    "2420D": "the line's supervising provider",
    "2430": "the other payer's decision",
}
"""What a biller calls a loop."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One tag in one loop."""

    tag: str
    rank: int
    qualifiers: frozenset[str]
    required: bool
    most: int


def _rule(rank: int, text: str) -> Rule:
    """A rule from its spelling."""
    text, _, most = text.partition("*")
    required = text.endswith("!")
    tag, _, qualifiers = text.rstrip("!").partition("=")
    return Rule(tag, rank, frozenset(qualifiers.split("/")) if qualifiers else frozenset(), required, int(most or 1))


GRAMMAR: Final = {
    loop: {rule.tag: rule for rule in map(_rule, range(len(text.split())), text.split())}
    for loop, text in RULES.items()
}
"""The rules of each loop by tag."""

FORMATS: Final = {
    ("DTP", 2): frozenset({"D8", "RD8"}),
    ("HL", 3): frozenset({"20", "22", "23"}),
    ("HL", 4): frozenset({"0", "1"}),
    ("BHT", 2): frozenset({"00", "18"}),
    ("BHT", 6): frozenset({"CH", "RP", "31"}),
    ("NM1", 2): frozenset({"1", "2"}),
    ("PRV", 2): frozenset({"PXC"}),
}
"""Elements with a fixed list of values that the model does not keep."""

IDENTIFIERS: Final = {
    "41": "46", "40": "46", "85": "XX", "82": "XX", "77": "XX", "DQ": "XX", "DN": "XX", "P3": "XX",
}  # fmt: skip
"""NM108 by NM101, where an identifier is given."""
