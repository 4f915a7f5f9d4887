"""The four commands: exit code 0 when nothing is wrong, 1 when something is, 2 when the file cannot be read."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from edi.command import files

CLEAN, WRONG, UNREADABLE = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Runs a command and gives its exit code."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        wrong: bool = options.run(options)
    except BrokenPipeError:
        sys.stdout = None  # nobody reads on, and flushing at exit would fail again
        return WRONG
    except files.NotReadError as error:
        files.not_read(options, str(error))
        return UNREADABLE
    return WRONG if wrong else CLEAN


def _parser() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m edi", description="Reads, checks and writes X12 005010 files.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, words in (
        ("read", files.read_file, "what a file holds, as text or JSON"),
        ("check", files.check_file, "every finding with its place and a sentence"),
        ("show", files.show_file, "the segments, numbered from ST as 1"),
        ("write", files.write_file, "an 837P from JSON"),
    ):
        command = commands.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".")
        command.add_argument("file", type=Path, help="a file, or - for standard input")
        command.set_defaults(run=run, json=False)
        if name in {"read", "check"}:
            command.add_argument("--json", action="store_true", help="as JSON")
        if name == "write":
            command.add_argument("--out", type=Path, help="write to this file instead of standard output")
    return parser
