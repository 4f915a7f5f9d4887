"""The release that the installed package simple-icd-10-cm carries: April 2026, of fiscal year 2026."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any, Final

from clients.icd10.release import Code, Term, fiscal_year

TERM: Final[Term] = fiscal_year(2026)


def read() -> list[Code]:
    """Every heading and code, each once; chapters and blocks are left out."""
    return list({code.code: code for code in _codes(_package())}.values())


def _codes(package: Any) -> Iterator[Code]:
    for code in package.get_all_codes(with_dots=True):
        if package.is_category_or_subcategory(code):
            yield Code(code, package.get_description(code), package.is_leaf(code))


def _package() -> Any:
    """The package reads its data when it is imported, in ways that newer Pythons warn of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import simple_icd_10_cm  # noqa: PLC0415 - takes a second and 100 MB; only this needs it
    return simple_icd_10_cm
