"""Rendering a scrap of template, and finding every template that is ours."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.template import Context, Template
from django.template.base import Origin
from django.template.engine import Engine
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

TEMPLATES: Path = settings.BASE_DIR / "templates"
GAPS = re.compile(r"\s+")


def pages() -> list[Path]:
    """Every HTML template of the product."""
    return sorted(TEMPLATES.rglob("*.html"))


def render(text: str, path: str = "/", **values: object) -> str:
    """The text as a page shows it, with runs of blanks made one."""
    request: HttpRequest = RequestFactory().get(path)
    compiled = CottonCompiler().process(text)
    template = Template(compiled, origin=Origin("scrap"), engine=Engine.get_default())
    return GAPS.sub(" ", template.render(Context({"request": request, **values}))).strip()
