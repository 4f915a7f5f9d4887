"""The command line: `python -m edi check FILE` and `python -m edi show FILE`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from edi.claims.checks import Problem, check_interchange
from edi.errors import UnreadableError
from edi.interchanges import Interchange, Transaction
from edi.reading import read


def main(arguments: list[str] | None = None) -> int:
    """Runs a command; 0 when nothing is wrong, 1 when something is, 2 when the file cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m edi", description="Reads and checks X12 005010 files.")
    parser.add_argument("command", choices=("check", "show"), help="check a file, or show its segments")
    parser.add_argument("file", type=Path)
    options = parser.parse_args(arguments)
    try:
        interchanges = read(options.file.read_bytes())
    except (OSError, UnreadableError) as error:
        sys.stderr.write(f"{options.file}: {error}\n")
        return 2
    lines = _shown(interchanges) if options.command == "show" else _checked(interchanges)
    wrong = 0
    for line, is_wrong in lines:
        sys.stdout.write(f"{line}\n")
        wrong += is_wrong
    return 1 if wrong else 0


def _checked(interchanges: list[Interchange]) -> Iterator[tuple[str, bool]]:
    """Each problem as a line, then how many claims and problems there are."""
    for interchange in interchanges:
        problems = problems_of(interchange)
        for problem in problems:
            yield _spelled(problem), not problem.warning
        transactions = interchange.transactions
        sets = ", ".join(sorted({f"{sent.set_id} {sent.version}" for sent in transactions})) or "none"
        words = (
            f"Interchange {interchange.control}: {len(transactions)} transactions ({sets}), {len(problems)} problems"
        )
        yield words, False


def problems_of(interchange: Interchange) -> list[Problem]:
    """The problems of an interchange: of claims all that can be told, of other sets those of the envelopes."""
    if all(sent.set_id == "837" for sent in interchange.transactions) and not interchange.tas:
        return check_interchange(interchange)
    return [
        Problem(1, "", "", defect.code, "envelope", defect.words, defect.transaction, defect.segment)
        for defect in interchange.defects
    ]


def _spelled(problem: Problem) -> str:
    """One problem as a line: where, level, words."""
    place = [f"ST {problem.transaction}" if problem.transaction else "", problem.claim, problem.line]
    where = " / ".join(part for part in place if part) or "file"
    kind = "warning" if problem.warning else f"level {problem.level}"
    return f"{where}: {kind}: {problem.element}: {problem.words}"


def _shown(interchanges: list[Interchange]) -> Iterator[tuple[str, bool]]:
    """The segments of a file, one a line, numbered within each transaction."""
    for interchange in interchanges:
        yield str(interchange.header), False
        for ta in interchange.tas:
            yield f"  {ta}", False
        for group in interchange.groups:
            yield f"  GS {group.functional_id} {group.version} {group.sender} to {group.receiver}", False
            for sent in group.transactions:
                yield from _segments(sent)
        for defect in interchange.defects:
            yield f"! {defect.words}", True


def _segments(sent: Transaction) -> Iterator[tuple[str, bool]]:
    """The segments of a transaction with their numbers."""
    for number, segment in enumerate(sent.segments, 1):
        yield f"{number:6}  {segment}", False


if __name__ == "__main__":
    sys.exit(main())
