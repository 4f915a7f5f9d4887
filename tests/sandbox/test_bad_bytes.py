"""Whatever bytes come in, the sandbox answers them in bounded time and pays nobody for what is no claim."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from edi.reading import read
from sandbox.acknowledging import MOST_ERRORS
from sandbox.reading_scenarios import load
from sandbox.realtime import Kind
from tests.edi.command.sampling import NAMES, SAMPLES, broken, dice_of
from tests.edi.command.test_bad_input import GROUP, HEAD
from tests.edi.oracles import pyx12_errors
from tests.sandbox.making import claim, sent, transaction
from tests.sandbox.offices import Desk, remittances, scripted
from tests.sandbox.running import SCENARIOS, running
from tests.sandbox.test_stedi import posted

ANYBODYS = {"id": "RECEIVER", "usage": ["P", "T"]}


def for_the_sandbox(content: bytes) -> bytes:
    """A sample whose envelope the sandbox lets in, so that its content is looked at."""
    try:
        header = read(content)[0].header
    except ValueError:
        return content
    fields = [*header.elements]
    fields[7], fields[8], fields[12], fields[15] = "ZZ", f"{'SANDBOX':<15}", "00501", "T"
    mark = header.delimiters.element
    return content.replace(str(header).encode("latin-1", "replace"), mark.join(fields).encode("latin-1", "replace"), 1)


@pytest.mark.parametrize("path", SAMPLES, ids=NAMES)
def test_every_sample_is_answered_by_every_door(path: Path, tmp_path: Path) -> None:
    desk = Desk(tmp_path, load(SCENARIOS / "loop.toml"))
    content = for_the_sandbox(path.read_bytes())
    answers = desk.put(content)
    statuses = [desk.office.submit("caseload", "", content), *(desk.office.ask(kind, content) for kind in Kind)]
    desk.office.close()
    assert answers
    assert [one for one in answers if pyx12_errors(one)] == []
    assert all(one is not None and one[0] in {200, 400} for one in statuses)
    if path.parent.name != "837p":
        assert remittances(answers) == []


@pytest.mark.parametrize("name", ["837p", "270", "276"])
def test_broken_samples_are_answered_by_every_door(name: str, tmp_path: Path) -> None:
    desk = Desk(tmp_path, load(SCENARIOS / "loop.toml"))
    for path in (one for one in SAMPLES if one.parent.name == name and one.stat().st_size < 10_000):
        for variant in broken(for_the_sandbox(path.read_bytes()), dice_of(path.name)):
            desk.put(variant)
            assert desk.office.submit("caseload", "", variant) is not None
            assert all(desk.office.ask(kind, variant)[0] in {200, 400} for kind in Kind)
    desk.office.close()


HUGE = {
    "noise": lambda: dice_of("a").randbytes(50_000_000),
    "noise behind a header": lambda: HEAD + GROUP + dice_of("b").randbytes(50_000_000),
    "100,000 segments without a terminator": lambda: HEAD + GROUP + b"NM1*IL*1*SMITH*JANE\n" * 100_000,
    "20,000 claims": lambda: claims_without_anything(20_000),
}


def claims_without_anything(count: int) -> bytes:
    """A transaction of claims that lack everything, well closed."""
    body = b"".join(b"CLM*A%d*x~" % number for number in range(count))
    return HEAD + GROUP + b"HL*1**20*1~HL*2*1*22*0~" + body + b"SE*9*0001~GE*1*1~IEA*1*000000007~"


def test_a_999_lists_only_so_many_faults_of_a_transaction(tmp_path: Path) -> None:
    desk = Desk(tmp_path, scripted(receiver=ANYBODYS))
    (answer,) = desk.put(claims_without_anything(MOST_ERRORS))
    desk.office.close()
    assert answer.count(b"IK3*") == MOST_ERRORS
    assert b"AK9*R" in answer


@pytest.mark.long
@pytest.mark.parametrize("name", HUGE)
def test_a_huge_file_is_answered_in_bounded_memory(name: str, tmp_path: Path) -> None:
    desk = Desk(tmp_path, scripted(receiver=ANYBODYS))
    content = HUGE[name]()
    tracemalloc.start()
    try:
        answers = desk.put(content)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        desk.office.close()
    assert answers
    assert remittances(answers) == []
    assert peak < 1_500_000_000


def test_the_clearinghouses_own_277ca_is_accepted_by_others(tmp_path: Path) -> None:
    claims = claim("LOST1", member="NOTFOUND1"), claim("PCN1")
    with running(tmp_path) as sandbox, sandbox.api() as api:
        content = posted(api, sent(transaction(*claims))).json()["x12"].encode()
    assert b"NM1*AY*2*SANDBOX CLEARINGHOUSE*" in content
    assert pyx12_errors(content) == []
