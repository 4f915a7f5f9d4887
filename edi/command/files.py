"""What each command does with a file; each says whether it found something wrong."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from edi.claims.checks import check
from edi.claims.model import ClaimFile
from edi.claims.problems import Problem
from edi.claims.writing import write
from edi.command.claims_from import claim_files
from edi.command.documents import document, tell
from edi.command.findings import findings
from edi.command.outlines import outline, segments, spelled
from edi.errors import X12Error
from edi.interchanges import Interchange
from edi.json import Json
from edi.json import write as to_json
from edi.reading import read

UNSEEN = dict.fromkeys((*range(32), *range(127, 160)), "\ufffd")
"""Control characters, which a terminal would obey."""


class NotReadError(Exception):
    """The file cannot be read, in a sentence."""


def not_read(options: Namespace, words: str) -> None:
    """Say why a file cannot be read."""
    if options.json:
        _give({"unreadable": words})
    sys.stderr.write(f"{options.file}: {words}\n".translate({**UNSEEN, 10: "\n"}))


def read_file(options: Namespace) -> bool:
    """`read`: what the file holds; wrong when its envelopes have defects or a value could not be read."""
    found = [tell(interchange) for interchange in _interchanges(options.file)]
    if options.json:
        _give(document(found))
    else:
        _say(line for told in found for line in outline(told))
    return any(told.is_wrong for told in found)


def check_file(options: Namespace) -> bool:
    """`check`: every finding; wrong when one is more than a warning."""
    found = [(interchange, findings(interchange)) for interchange in _interchanges(options.file)]
    if options.json:
        _give({"findings": [_finding(one.control, problem) for one, problems in found for problem in problems]})
    else:
        for interchange, problems in found:
            _say(map(spelled, problems))
            _say([_counted(interchange, problems)])
    return any(_is_wrong(problems) for _, problems in found)


def show_file(options: Namespace) -> bool:
    """`show`: the segments; wrong when the envelopes have defects."""
    interchanges = _interchanges(options.file)
    _say(segments(interchanges))
    return any(interchange.defects for interchange in interchanges)


def write_file(options: Namespace) -> bool:
    """`write`: the claims of a JSON file as an 837P, unless the check finds errors in them."""
    files = _claims(options.file)
    problems = [problem for file in files for problem in check(file)]
    sys.stderr.writelines(f"{spelled(problem)}\n".translate({**UNSEEN, 10: "\n"}) for problem in problems)
    if _is_wrong(problems):
        sys.stderr.write("Nothing was written.\n")
        return True
    try:
        content = b"".join(write(file).content for file in files)
    except X12Error as error:
        sys.stderr.write(f"{error}\nNothing was written.\n")
        return True
    _put(content, options.out)
    return False


def _interchanges(path: Path) -> list[Interchange]:
    """The interchanges of a file."""
    try:
        return read(_bytes(path))
    except X12Error as error:
        raise NotReadError(str(error)) from error


def _claims(path: Path) -> list[ClaimFile]:
    """The claims of a JSON file."""
    try:
        return claim_files(_bytes(path).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise NotReadError("The file is not text in UTF-8, so it is not JSON.") from error
    except X12Error as error:
        raise NotReadError(str(error)) from error


def _bytes(path: Path) -> bytes:
    """A file, or standard input."""
    try:
        return sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise NotReadError(f"{error.strerror or error}.") from error


def _put(content: bytes, path: Path | None) -> None:
    """Write bytes to a file, or to standard output."""
    if path is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        path.write_bytes(content)
    except OSError as error:
        raise NotReadError(f"{path} cannot be written: {error.strerror or error}.") from error


def _say(lines: Iterable[str]) -> None:
    """Lines of text without control characters."""
    sys.stdout.writelines(f"{line.translate(UNSEEN)}\n" for line in lines)


def _give(value: Json) -> None:
    """A JSON document in ASCII."""
    sys.stdout.writelines(json.JSONEncoder(indent=1).iterencode(value))
    sys.stdout.write("\n")


def _finding(interchange: str, problem: Problem) -> Json:
    """A finding with the control number of its interchange."""
    said = to_json(problem)
    return {"interchange": interchange, **said} if isinstance(said, dict) else said


def _is_wrong(problems: Iterable[Problem]) -> bool:
    """Whether something is worse than a warning."""
    return any(not problem.warning for problem in problems)


def _counted(interchange: Interchange, problems: list[Problem]) -> str:
    """How many transactions and findings there are."""
    transactions = interchange.transactions
    sets = ", ".join(sorted({f"{sent.set_id} {sent.version}" for sent in transactions})) or "none"
    counts = f"{_many(len(transactions), 'transaction')} ({sets}), {_many(len(problems), 'finding')}"
    return f"Interchange {interchange.control}: {counts}"


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
