"""Our reader beside other people's: the same file, in the same run, each by what it does to say whether it is right."""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from importlib import import_module
from typing import Final

from desk.bench import payments
from desk.bench.figures import Taken, figure
from desk.bench.loop import many
from desk.bench.places import Bench
from edi.claims.checks import check_bytes
from edi.claims.model import ClaimFile
from edi.claims.writing import write
from edi.reading import read
from edi.remittances.balancing import balance
from edi.remittances.reading import read as read_remittance

CLAIMS: Final = 1000
ABSENT: Final = "not installed"

Pace = float | str
"""Claims a second, or why there is no figure."""


@figure(f"837P of {CLAIMS:,} claims: read and checked, beside pyx12 and x12sdk", "faster than either")
def claims_beside_peers(bench: Bench, _port: int) -> Taken:
    """Ours reads and checks SNIP 1 to 5; pyx12 checks 1, 2 and a part of 5; x12sdk 1, 2 and the sums of a claim."""
    content = write(_thousand(bench)).content
    return _beside(content, lambda: check_bytes(content), {"pyx12": _pyx12, "x12sdk": _x12sdk})


@figure(f"835 of {CLAIMS:,} claims: read and balanced, beside pyx12, x12sdk and oxedi", "faster than pyx12 and x12sdk")
def remittances_beside_peers(bench: Bench, _port: int) -> Taken:
    """Ours reads and balances line, claim and payment; oxedi, which is written in Rust, does the same."""
    content = by_check(payments.answer(_thousand(bench), "BESIDE"))
    peers = {"pyx12": _pyx12, "x12sdk": _x12sdk}
    taken = _beside(content, lambda: _balanced(content), peers)
    oxedi = _said("oxedi", _paced(lambda: _oxedi(content)))
    return replace(taken, words=f"{taken.words}; {oxedi}")


def by_check(content: bytes) -> bytes:
    """The same payment by check: x12sdk reads no transfer without the numbers of both banks."""
    return content.replace(b"*ACH*", b"*CHK*")


def _thousand(bench: Bench) -> ClaimFile:
    """The first thousand of the bench's many claims, in one transaction."""
    file = many(bench)
    return replace(file, transactions=file.transactions[:1])


def _beside(content: bytes, own: Callable[[], object], peers: Mapping[str, Callable[[bytes], None]]) -> Taken:
    """Our pace and that of each peer, one after another."""
    ours = _pace(own)
    theirs = {name: _paced(partial(call, content)) for name, call in peers.items()}
    words = "; ".join([_said("ours", ours), *(_said(name, pace) for name, pace in theirs.items())])
    return Taken(words, holds=all(isinstance(pace, str) or ours > pace for pace in theirs.values()))


def _said(name: str, pace: Pace) -> str:
    return f"{name} {pace}" if isinstance(pace, str) else f"{name} {pace:,.0f} claims/s"


def _paced(call: Callable[[], object]) -> Pace:
    """The pace of somebody else's library; its being absent, and its refusing the file, are told."""
    try:
        return _pace(call)
    except ImportError:
        return ABSENT
    except Exception as error:  # noqa: BLE001 - whatever a library raises about a file is its answer
        return f"refuses the file ({type(error).__name__})"


def _pace(call: Callable[[], object]) -> float:
    """The better of two runs."""
    times = []
    for _ in range(2):
        started = time.perf_counter()
        call()
        times.append(time.perf_counter() - started)
    return CLAIMS / min(times)


def _balanced(content: bytes) -> None:
    for one in read(content)[0].transactions:
        balance(read_remittance(one))


def _pyx12(content: bytes) -> None:
    """Its validation, without a 999."""
    document, params = import_module("pyx12.x12n_document"), import_module("pyx12.params")
    logging.getLogger("pyx12").setLevel(logging.CRITICAL)
    document.x12n_document(params.params(), io.StringIO(content.decode("ascii")), None, None)


def _x12sdk(content: bytes) -> None:
    """Its models, which it validates."""
    with import_module("x12sdk.io").X12ModelReader(content.decode("ascii")) as reader:
        for _ in reader.models():
            pass


def _oxedi(content: bytes) -> None:
    """Its tables and diagnostics."""
    found = import_module("oxedi").parse(content)
    list(found.diagnostics)
