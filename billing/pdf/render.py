"""Turns a template into a PDF. WeasyPrint is loaded when it is needed, because it needs pango."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

_STYLES = "css/document.css"


class NoPdfError(RuntimeError):
    """This machine cannot make PDFs; the page is shown for printing instead."""


def pdf(template: str, facts: dict[str, Any]) -> bytes:
    """The document as PDF; NoPdfError where pango is missing. It reaches no address and no file."""
    return pdf_of(render_to_string(template, facts))


def pdf_of(html: str) -> bytes:
    """PDF of finished HTML, with our one stylesheet."""
    try:
        from weasyprint import CSS, HTML  # noqa: PLC0415 - pango may be missing

        from billing.pdf.fetcher import RefusingFetcher  # noqa: PLC0415
    except (OSError, ImportError) as error:
        raise NoPdfError("PDFs need pango, which this machine lacks. `manage.py doctor` says how to add it.") from error
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    fetcher = RefusingFetcher()
    sheet = CSS(string=_styles(), url_fetcher=fetcher)
    made: bytes = HTML(string=html, url_fetcher=fetcher).write_pdf(stylesheets=[sheet], attachments=[])
    return made


@lru_cache(maxsize=1)
def _styles() -> str:
    return Path(str(finders.find(_STYLES))).read_text(encoding="utf-8")
