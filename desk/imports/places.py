"""States by their names and abbreviations, and ZIP codes that lost their leading zero in a spreadsheet."""

from __future__ import annotations

import re
from typing import Final

from desk.imports.problems import CellError

_NAMES: Final = """
AL alabama ala|AK alaska|AZ arizona ariz|AR arkansas ark|CA california calif cal|CO colorado colo|CT connecticut conn
DE delaware del|DC district_of_columbia washington_dc d_c|FL florida fla|GA georgia|HI hawaii|ID idaho|IL illinois ill
IN indiana ind|IA iowa|KS kansas kans|KY kentucky|LA louisiana|ME maine|MD maryland|MA massachusetts mass
MI michigan mich|MN minnesota minn|MS mississippi miss|MO missouri|MT montana mont|NE nebraska nebr neb|NV nevada nev
NH new_hampshire n_h|NJ new_jersey n_j|NM new_mexico n_m|NY new_york n_y|NC north_carolina n_c|ND north_dakota n_d
OH ohio|OK oklahoma okla|OR oregon ore|PA pennsylvania penn penna|RI rhode_island r_i|SC south_carolina s_c
SD south_dakota s_d|TN tennessee tenn|TX texas tex|UT utah|VT vermont|VA virginia|WA washington wash
WV west_virginia w_va|WI wisconsin wis wisc|WY wyoming wyo|PR puerto_rico|VI virgin_islands|GU guam
AS american_samoa|MP northern_mariana_islands
"""
STATES: Final[dict[str, str]] = {
    word.replace("_", " "): code
    for line in re.split(r"[|\n]+", _NAMES.strip())
    for code, *words in [line.split()]
    for word in (code.lower(), *words)
}
_ZERO_STATES: Final = {
    "MA": ("010", "027"), "RI": ("028", "029"), "NH": ("030", "038"), "ME": ("039", "049"), "VT": ("050", "059"),
    "CT": ("060", "069"), "NJ": ("070", "089"), "PR": ("006", "009"), "VI": ("008", "008"),
}  # fmt: skip
_ZIP: Final = re.compile(r"(\d{5})(?:-?(\d{4}))?")
_SHORTENED: Final = re.compile(r"\d{3,4}")


def read_state(text: str) -> str:
    """The two letters of a state, from its letters, its name or a usual abbreviation."""
    found = STATES.get(" ".join(text.lower().replace(".", " ").split()))
    if found is None:
        raise CellError(f"“{text.strip()}” is no US state. It is left out.", "W-STATE")
    return found


def read_zip(text: str, state: str = "") -> str:
    """Five digits, or nine as 12345-6789. Three or four get their zeros back where the state says so."""
    plain = text.strip().removesuffix(".0").removeprefix("'")
    if found := _ZIP.fullmatch(plain):
        return f"{found[1]}-{found[2]}" if found[2] else found[1]
    if _SHORTENED.fullmatch(plain) and state in _ZERO_STATES:
        padded = plain.zfill(5)
        low, high = _ZERO_STATES[state]
        if low <= padded[:3] <= high:
            return padded
    raise CellError(f"“{text.strip()}” is no ZIP code of 5 or 9 digits. It is left out.", "W-ZIP")
