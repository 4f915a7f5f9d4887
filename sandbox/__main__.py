"""`python -m sandbox --folder DIR --sftp-port P --http-port Q --scenario FILE`."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from sandbox.errors import ScenarioError
from sandbox.program import run
from sandbox.reading_scenarios import load
from sandbox.scenario import Scenario


def main(arguments: Sequence[str]) -> int:
    """Run until the process is told to end; a scenario that cannot be followed is refused in a sentence."""
    asked = _parser().parse_args(arguments)
    try:
        scenario = load(asked.scenario)
    except ScenarioError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    asyncio.run(_serve(scenario, asked))
    return 0


async def _serve(scenario: Scenario, asked: argparse.Namespace) -> None:
    """Serve until SIGTERM or SIGINT."""
    task = asyncio.ensure_future(run(scenario, asked.folder, asked.sftp_port, asked.http_port, _say))
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        return


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sandbox", description="A test clearinghouse and payer on this machine.")
    parser.add_argument("--folder", type=Path, required=True, help="where its state and its SFTP folders are kept")
    parser.add_argument("--sftp-port", type=int, default=0, help="on 127.0.0.1; 0 chooses one")
    parser.add_argument("--http-port", type=int, default=0, help="on 127.0.0.1; 0 chooses one")
    parser.add_argument("--scenario", type=Path, required=True, help="a TOML file, see docs/sandbox.md")
    return parser


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
