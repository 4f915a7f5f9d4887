"""`python -m edi` checks and shows files without the rest of Caseload."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from edi.__main__ import main
from edi.claims.writing import write
from tests.edi.making import claim, claim_file

ROOT = Path(__file__).parents[3]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "claims.txt"
    path.write_bytes(write(claim_file()).content)
    return path


def test_a_good_file_has_no_problems(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(good)]) == 0
    assert capsys.readouterr().out == "Interchange 000000101: 1 transaction (837 005010X222A1), 0 findings\n"


def test_problems_are_said_with_their_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "claims.txt"
    path.write_bytes(write(claim_file(claim(frequency="7"))).content)
    assert main(["check", str(path)]) == 1
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith(
        "ST 0001, segment 19, loop 2300, claim PCN1: level 4: REF*F8 (no-original): A replacement or void needs"
    )


def test_segments_are_shown_with_their_numbers(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(good)]) == 0
    assert "    19  CLM*PCN1*300***10:B:1*Y*A*Y*Y" in capsys.readouterr().out.splitlines()


def test_what_is_not_x12_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    sample = ROOT / "tests/edi/samples/837p/README.md"
    assert main(["check", str(sample)]) == 2
    assert "not X12" in capsys.readouterr().err


def test_a_missing_file_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "none")]) == 2
    assert "none" in capsys.readouterr().err


def test_edi_runs_with_the_standard_library_alone(good: Path) -> None:
    command = [sys.executable, "-S", "-m", "edi", "check", str(good)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.stderr == ""
    assert done.returncode == 0
