"""Other people's validators, asked about bytes that we wrote."""

from __future__ import annotations

import io
import json
import logging
import re

import pyx12.params
import pyx12.x12n_document
from x12sdk.io import X12ModelReader


def pyx12_errors(content: bytes) -> list[str]:
    """What pyx12 finds wrong (SNIP 1, 2 and a part of 5); empty when it accepts the file."""
    logging.getLogger("pyx12").setLevel(logging.CRITICAL)
    found = io.StringIO()
    accepted = pyx12.x12n_document.x12n_document(
        pyx12.params.params(), io.StringIO(content.decode("ascii")), None, None, fd_json=found
    )
    errors = _messages(json.loads(found.getvalue())) if found.getvalue() else []
    return errors if errors or accepted else ["pyx12 refused the file without saying why"]


def _messages(node: object) -> list[str]:
    """Every error sentence in pyx12's report."""
    if isinstance(node, dict):
        own = [str(node)] if "err_cde" in node or "err_str" in node else []
        return own + [line for value in node.values() for line in _messages(value)]
    return [line for value in node for line in _messages(value)] if isinstance(node, list) else []


def x12sdk_claims(content: bytes) -> list[str]:
    """The patient control numbers that x12sdk finds in a file; it raises on one that it does not accept."""
    with X12ModelReader(content.decode("ascii")) as reader:
        texts = [model.x12() for model in reader.models()]
    return [number for text in texts for number in re.findall(r"CLM\*([^*]+)\*", text)]
