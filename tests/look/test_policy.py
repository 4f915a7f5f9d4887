"""No template breaks the content security policy, and none uses a color or a word that the design does not have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template

from tests.look.hands import TEMPLATES, pages

STATIC: Path = settings.BASE_DIR / "static"
TAG = re.compile(r"<[a-zA-Z][^<>]*>", re.DOTALL)
FORBIDDEN = re.compile(r"\s(style|on[a-z]+|hx-on[^\s=]*)\s*=|=\s*[\"']?(javascript|js):", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL)
LINKED = re.compile(r"\{% static '([^']+)' %\}")
COLOR = re.compile(r"#[0-9a-fA-F]{3,8}\b")
WORDS = re.compile(r"\b(please|oops|successfully|sorry)\b", re.IGNORECASE)
COMMENT = re.compile(r"/\*.*?\*/|\{#.*?#\}|<!--.*?-->", re.DOTALL)


def name(path: Path) -> str:
    return str(path.relative_to(settings.BASE_DIR))


@pytest.mark.parametrize("page", pages(), ids=name)
def test_no_inline_style_and_no_inline_script(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not [tag for tag in TAG.findall(text) if FORBIDDEN.search(tag)]
    assert "<style" not in text
    for attributes, body in SCRIPT.findall(text):
        assert "application/json" in attributes or ("src=" in attributes and not body.strip())


@pytest.mark.parametrize("page", pages(), ids=name)
def test_a_template_compiles_and_links_only_files_that_exist(page: Path) -> None:
    get_template(str(page.relative_to(TEMPLATES)))
    for path in LINKED.findall(page.read_text(encoding="utf-8")):
        assert finders.find(path), path


@pytest.mark.parametrize("page", pages(), ids=name)
def test_the_words_are_ours(page: Path) -> None:
    text = TAG.sub(" ", COMMENT.sub(" ", page.read_text(encoding="utf-8")))
    assert not WORDS.findall(text)


@pytest.mark.parametrize("sheet", sorted(STATIC.rglob("*.css")), ids=name)
def test_colors_come_from_the_tokens(sheet: Path) -> None:
    if sheet.name in {"tokens.css", "document.css"}:  # a document on paper has one theme, and no tokens
        return
    rules = COMMENT.sub("", sheet.read_text(encoding="utf-8"))
    assert set(COLOR.findall(rules)) <= {"#ffffff"}  # paper, and the field behind a QR code


@pytest.mark.parametrize("script", sorted(STATIC.rglob("*.js")), ids=name)
def test_no_script_evaluates_text(script: Path) -> None:
    assert not re.search(
        r"\beval\(|new Function|setAttribute\('style'|document\.write", script.read_text(encoding="utf-8")
    )


def test_no_page_loads_from_elsewhere() -> None:
    for path in [*pages(), *STATIC.rglob("*.css"), *STATIC.rglob("*.js")]:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|[\"'(]//[a-z]", text), name(path)
