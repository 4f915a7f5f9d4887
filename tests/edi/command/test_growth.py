"""Twice the file takes twice the time, whatever stands in it, and what is wrong throughout makes a short report."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Final

import pytest

from edi.__main__ import main
from edi.command.capping import MOST_OF_A_KIND
from tests.edi.command.sampling import run

ISA: Final = (
    b"ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260102*0304*^*00501*000000007*0*P*:~"
)


def opened(group: bytes, set_id: bytes, version: bytes, *levels: bytes) -> bytes:
    """A file up to the levels of a transaction."""
    head = b"GS*%s*S*R*20260102*0304*1*X*%s~ST*%s*0001*%s~" % (group, version, set_id, version)
    return ISA + head + b"".join(level + b"~" for level in levels)


CLAIM: Final = opened(b"HC", b"837", b"005010X222A1", b"HL*1**20*1", b"HL*2*1*22*0", b"CLM*A*1")
LINE: Final = CLAIM + b"LX*1~SV1*HC:90834*1~"
PAID: Final = opened(b"HP", b"835", b"005010X221A1", b"BPR*I*1", b"CLP*A*1*1*1")
ASKED: Final = opened(b"HS", b"270", b"005010X279A1", b"HL*1**20*1", b"HL*2*1*21*1", b"HL*3*2*22*0")
TOLD: Final = opened(b"HB", b"271", b"005010X279A1", b"HL*1**20*1", b"HL*2*1*21*1", b"HL*3*2*22*0", b"EB*1**30")
SAID: Final = opened(b"HN", b"277", b"005010X212", b"HL*1**20*1", b"HL*2*1*21*1", b"HL*3*2*19*1", b"HL*4*3*22*0")
HEARD: Final = opened(b"HN", b"277", b"005010X214", b"HL*1**20*1", b"HL*2*1*21*1", b"HL*3*2*19*1")
SEEN: Final = opened(b"FA", b"999", b"005010X231A1", b"AK1*HC*1", b"AK2*837*1")

REPEATED: Final = {
    "claims": (CLAIM, b"CLM*A*1~"),
    "lines": (CLAIM, b"LX*1~SV1*HC:1*x~"),
    "other coverages": (CLAIM, b"SBR*S~CAS*CO*1*1~"),
    "decisions of other payers": (LINE, b"SVD*A*1~CAS*CO*1*1~"),
    "segments of a claim": (CLAIM, b"REF*G1*1~"),
    "unknown segments": (CLAIM, b"ZZZ*1~"),
    "levels": (ISA, b"HL*1*1*22~"),
    "payments": (PAID, b"CLP*A*1*1*x~SVC*HC:1*1*2~"),
    "paid lines": (PAID, b"SVC*HC:1*1*2~CAS*CO*1*1~"),
    "provider adjustments": (PAID, b"PLB*1*20261231*WO:1*1~"),
    "questions": (ASKED, b"EQ*30~III*ZZ*11~"),
    "members": (ASKED, b"HL*4*2*22~TRN*1*A~NM1*IL*1*A~EQ*30~"),
    "benefits": (TOLD, b"EB*1**30~MSG*A~"),
    "entities": (TOLD + b"LS*2120~", b"NM1*PR*2*A~"),
    "claim statuses": (SAID, b"TRN*2*A~STC*A2:20*20260101*WQ*1~SVC*HC:1*1~STC*A2:20~"),
    "acknowledged claims": (HEARD, b"HL*4*3*PT~NM1*QC*1*A~TRN*2*A~STC*A2:20*20260101*WQ*1~"),
    "acknowledged sets": (SEEN, b"AK2*837*1~IK5*R*5~"),
    "errors": (SEEN, b"IK3*CLM*1**8~IK4*1**7~CTX*CLM01:1~"),
    "headers": (b"", ISA),
    "stray segments": (ISA, b"ZZZ*1~"),
}
ONCE: Final = 1_000
FOUR_TIMES: Final = 4
QUADRATIC: Final = 10
"""Four times the file takes sixteen times as long where something is quadratic, and four times where nothing is."""


def seconds(content: bytes, path: Path) -> float:
    """How long both commands take, the better of two."""
    path.write_bytes(content)
    times = []
    for _ in range(2):
        begun = time.process_time()
        main(["check", str(path)])
        main(["read", str(path), "--json"])
        times.append(time.process_time() - begun)
    return min(times)


@pytest.mark.long
@pytest.mark.parametrize("what", REPEATED)
def test_nothing_is_quadratic(what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head, more = REPEATED[what]
    small, large = (seconds(head + more * (ONCE * times), tmp_path / "file") for times in (1, FOUR_TIMES))
    capsys.readouterr()
    assert large < max(small, 0.02) * QUADRATIC, f"{small:.2f} s, then {large:.2f} s"


def wrong_throughout(count: int) -> bytes:
    """A claim with so many lines that are wrong in the same ways."""
    return CLAIM + b"LX*1~SV1*HC:1*x~" * count


def checked(content: bytes, path: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """The findings as JSON."""
    assert run("check", content, path, "--json") == 1
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)["findings"]
    return found


def test_findings_of_one_kind_are_listed_up_to_a_number_and_then_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = MOST_OF_A_KIND + 50
    found = checked(wrong_throughout(lines), tmp_path / "file", capsys)
    kinds = [(one["level"], one["code"], one["element"], one["loop"], one["warning"]) for one in found]
    assert max(map(kinds.count, kinds)) == MOST_OF_A_KIND + 1
    assert {"And 50 more of this kind."} & {one["words"] for one in found}
    assert len(checked(wrong_throughout(lines * 4), tmp_path / "file", capsys)) == len(found)


def test_what_is_unlike_is_listed_although_there_is_much_of_something_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = wrong_throughout(MOST_OF_A_KIND + 50) + b"REF*6R*L1~" * 2
    assert any("6R" in str(one["element"]) for one in checked(content, tmp_path / "file", capsys))
