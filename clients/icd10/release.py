"""What a release is before it is in the tables, and which days a fiscal year covers."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


class ReleaseRefusedError(ValueError):
    """A release cannot be loaded like this; the message says why and, in a file, at which line."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code with its dot, CMS's words, and whether it may stand on a claim."""

    code: str
    words: str
    billable: bool


@dataclass(frozen=True, slots=True)
class Term:
    """A release's name and the days of service it is valid for."""

    name: str
    starts_on: dt.date
    ends_on: dt.date


def fiscal_year(year: int) -> Term:
    """CMS's fiscal year: October 1 of the year before to September 30."""
    return Term(f"FY{year}", dt.date(year - 1, 10, 1), dt.date(year, 9, 30))


def term_of_file(path: Path) -> Term:
    """The fiscal year in a file's name (`icd10cm_order_2027.txt`); ReleaseRefusedError when there is none."""
    years = set(_YEAR.findall(path.name))
    if len(years) != 1:
        raise ReleaseRefusedError(
            f"The name of {path.name} does not say which fiscal year it is. Give --name, --from and --to."
        )
    return fiscal_year(int(years.pop()))
