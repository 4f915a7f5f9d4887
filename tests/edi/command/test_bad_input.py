"""Whatever the bytes, a command ends in bounded time with a sentence and an exit code, never with a traceback."""

from __future__ import annotations

import json
import time
import tracemalloc
from pathlib import Path

import pytest

from edi.__main__ import main
from tests.edi.command.sampling import NAMES, SAMPLES, broken, dice_of, run, spoiled

HEAD = b"ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260102*0304*^*00501*000000007*0*P*:~"
GROUP = b"GS*HC*SENDER*RECEIVER*20260102*0304*1*X*005010X222A1~ST*837*0001*005010X222A1~"
SMALL = [(path, name) for path, name in zip(SAMPLES, NAMES, strict=True) if path.stat().st_size < 40_000]


@pytest.mark.parametrize("path", SAMPLES, ids=NAMES)
def test_every_sample_is_read_and_checked(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["read", str(path), "--json"])
    said = json.loads(capsys.readouterr().out)
    assert code in {0, 1, 2}
    assert ("unreadable" in said) == (code == 2)
    assert main(["read", str(path)]) == code
    assert capsys.readouterr().out or code == 2
    assert main(["check", str(path), "--json"]) in ({2} if code == 2 else {0, 1})
    checked = json.loads(capsys.readouterr().out)
    for finding in checked.get("findings", []):
        assert finding["words"].endswith(".")
        assert finding["code"]
        assert finding["element"] or finding["code"] == "envelope"
        assert 1 <= finding["level"] <= 5


@pytest.mark.parametrize(("path", "name"), SMALL, ids=[name for _, name in SMALL])
def test_a_broken_sample_is_reported(path: Path, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = path.read_bytes()
    for variant in broken(content, dice_of(name)):
        if variant.strip() == content.strip():
            continue
        target = tmp_path / "broken"
        assert run("read", variant, target, "--json") in {0, 1, 2}
        json.loads(capsys.readouterr().out)
        code = run("check", variant, target)
        captured = capsys.readouterr()
        assert code in {0, 1, 2}
        assert captured.out if code < 2 else captured.err


@pytest.mark.parametrize(("path", "name"), SMALL, ids=[name for _, name in SMALL])
def test_what_cannot_be_right_is_never_clean(
    path: Path, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for done, variant in spoiled(path.read_bytes(), dice_of(name)):
        code = run("check", variant, tmp_path / "spoiled")
        captured = capsys.readouterr()
        assert code in {1, 2}, done
        assert captured.out if code == 1 else captured.err, done


@pytest.mark.parametrize("path", SAMPLES, ids=NAMES)
def test_a_file_that_was_cut_off_is_never_clean(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = path.read_bytes().rstrip()
    dice = dice_of(path.name)
    for end in {dice.randrange(len(content)) for _ in range(5)} | {len(content) - 1}:
        code = run("check", content[:end], tmp_path / "cut")
        captured = capsys.readouterr()
        if content[:end].count(b"IEA") < content.count(b"IEA") or end == len(content) - 1:
            assert code in {1, 2}, end
            assert captured.out or captured.err


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"ISA",
        b"\xff\xfe",
        b"\x00\x00",
        HEAD[:-1],
        HEAD[:-2],
        HEAD,
        HEAD + GROUP,
        HEAD + b"GS~ST~SE~GE~IEA~",
        HEAD + GROUP + b"CLM~LX~SV1~HL~SBR~NM1~SE*9*0001~GE*1*1~IEA*1*000000007~",
        HEAD + GROUP + b"HL*1**20*1~CLM*A*" + b"9" * 60 + b"~SE*4*0001~GE*1*1~IEA*1*000000007~",
        HEAD + b"GS*HP~ST*835*1~BPR*I*-" + b"9" * 40 + b"~CLP*A*1*1e5*NaN~SVC*HC:1*" + b"9" * 24 + b"~SE*5*1~",
        HEAD + b"GS*FA~ST*999*1~AK9~IK3~CTX~SE*5*1~GE*1*~IEA*1*7~",
        HEAD + b"GS*HN~ST*277*1*005010X214~STC~HL~SVC~QTY*90*x~QTY*90*1.5~SE*5*1~GE*1*~IEA*1*7~",
        HEAD + b"TA1~TA1*1*2*3*4*5~IEA*0*000000007~",
    ],
)  # fmt: skip
def test_small_horrors(content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "horror"
    for command, options in (("read", ()), ("read", ("--json",)), ("check", ()), ("show", ())):
        assert run(command, content, target, *options) in ({1, 2} if command == "check" else {0, 1, 2}), command
        captured = capsys.readouterr()
        assert captured.out or captured.err


def test_control_characters_do_not_reach_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = HEAD + GROUP.replace(b"0001", b"\x1b[2J1") + b"SE*2*0001~GE*1*1~IEA*1*000000007~"
    for command in ("read", "check", "show"):
        run(command, content, tmp_path / "escape")
        captured = capsys.readouterr()
        assert "\x1b" not in captured.out + captured.err


HUGE = {
    "noise": lambda: dice_of("a").randbytes(50_000_000),
    "noise behind a header": lambda: HEAD + GROUP + dice_of("b").randbytes(50_000_000),
    "100,000 segments without a terminator": lambda: HEAD + GROUP + b"NM1*IL*1*SMITH*JANE\n" * 100_000,
    "a header and terminators": lambda: HEAD + b"~" * 5_000_000,
    "100,000 headers": lambda: HEAD * 100_000,
    "100,000 transactions": lambda: HEAD + b"GS*HP~" + b"ST*835*1~SE*2*1~" * 100_000,
    "100,000 groups": lambda: HEAD + b"GS*HP*A*B*20260102*0304*1*X*005010~GE*0*1~" * 100_000,
    "20,000 claims": lambda: HEAD + GROUP + b"CLM*A*x~" * 20_000,
    "20,000 lines": lambda: HEAD + GROUP + b"HL*1**20~HL*2*1*22~CLM*A*1~" + b"LX*1~SV1*HC:1*x~" * 20_000,
    "a segment of 1,000,000 elements": lambda: HEAD + GROUP + b"HI" + b"*ABK:F411" * 1_000_000,
    "100,000 payments": lambda: HEAD + b"GS*HP~ST*835*1~" + b"CLP*A*1*1*x~SVC*HC:1*1*2~" * 100_000,
    "100,000 levels": lambda: HEAD + b"GS*HN~ST*277*1*005010X214~" + b"HL*1**PT~STC*A2~" * 100_000,
}


@pytest.mark.long
@pytest.mark.parametrize("name", HUGE)
def test_a_huge_file_takes_bounded_time_and_memory(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = HUGE[name]()
    begun = time.monotonic()
    tracemalloc.start()
    try:
        assert run("check", content, tmp_path / "huge") in {1, 2}
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    captured = capsys.readouterr()
    assert captured.out or captured.err
    assert time.monotonic() - begun < 300
    assert peak < 1_500_000_000
