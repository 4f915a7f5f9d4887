"""The sample files, and a command run as a person would run it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from edi.__main__ import main
from edi.errors import X12Error
from edi.reading import read

SAMPLES: Final = tuple(
    sorted(path for path in (Path(__file__).parents[1] / "samples").glob("*/*") if path.name != "README.md")
)
NAMES: Final = [f"{path.parent.name}/{path.name}" for path in SAMPLES]


def run(command: str, content: bytes, path: Path, *options: str) -> int:
    """The exit code of a command on some bytes, put into a file."""
    path.write_bytes(content)
    return main([command, str(path), *options])


def dice_of(seed: str) -> random.Random:
    """Dice that fall the same way in every run."""
    return random.Random(seed)  # noqa: S311 - variants of a file, not secrets


def broken(content: bytes, dice: random.Random) -> Iterator[bytes]:
    """Variants of a file: cut off, shuffled, with segments lost or doubled, and with a wrong count."""
    size = len(content)
    yield from (content[: dice.randrange(size)] for _ in range(3))
    yield content[dice.randrange(size) :]
    mark = _terminator(content)
    head, *body = content.split(mark)
    shuffled = dice.sample(body, len(body))
    yield mark.join([head, *shuffled])
    at = dice.randrange(len(body)) if body else 0
    yield mark.join([head, *body[:at], *body[at + 1 :]])
    yield mark.join([head, *body[:at], *body[at : at + 1] * 2, *body[at + 1 :]])
    yield content.replace(mark + b"SE", mark + b"SE*99999*X" + mark + b"SE", 1)
    noisy = bytearray(content)
    for _ in range(max(1, size // 50)):
        noisy[dice.randrange(size)] = dice.randrange(256)
    yield bytes(noisy)


def spoiled(content: bytes, dice: random.Random) -> Iterator[tuple[str, bytes]]:
    """Variants of a file that cannot be right, by what was done: counts and separators that do not fit the rest."""
    mark = _terminator(content)
    element = content[content.find(b"ISA") + 3 :][:1]
    for tag, words in ((b"SE", "segments"), (b"GE", "transactions"), (b"IEA", "groups")):
        head, found, tail = content.rpartition(mark + tag + element)
        if found:
            yield f"another count of {words}", head + found + b"7" + tail
    half = content.find(mark, max(len(content) // 2, content.find(mark) + 1))
    for separator, name in ((mark, "terminator"), (element, "element separator")) if half > 0 else ():
        yield f"another {name} in the second half", content[:half] + content[half:].replace(separator, b"\x1d")
    yield "no terminator at all", content.replace(mark, b" ")
    at = dice.randrange(len(content) // 3, len(content) // 2)
    yield "cut in the middle", content[:at]


def _terminator(content: bytes) -> bytes:
    """The segment terminator of a file; a tilde where it cannot be read."""
    try:
        return read(content)[0].delimiters.segment.encode()
    except X12Error:
        return b"~"
