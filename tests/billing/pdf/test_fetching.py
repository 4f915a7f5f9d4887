"""A document reaches nothing: no address, no file, no attachment, whatever somebody typed into a name."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from pypdf import PdfReader

from billing.pdf.fetcher import NothingMayBeFetchedError, RefusingFetcher
from billing.pdf.render import pdf_of


class Counting(HTTPServer):
    """A loopback server that counts who asks."""

    asked = 0


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked += 1  # type: ignore[attr-defined]
        self.send_response(404)
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def server() -> Iterator[Counting]:
    found = Counting(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield found
    found.shutdown()
    thread.join()
    found.server_close()


def hostile(server: Counting) -> str:
    """Every way a document could ask for something."""
    at = f"http://127.0.0.1:{server.server_port}"
    return (
        f"<img src={at}/a><img src=//127.0.0.1:{server.server_port}/b><link rel=stylesheet href={at}/c>"
        "<link rel=attachment href=file:///etc/hostname><a rel=attachment href=file:///etc/hostname>x</a>"
        f"<style>@import url({at}/d); body {{ background: url({at}/e) }}"
        f" @font-face {{ font-family: x; src: url({at}/f) }} p {{ font-family: x }}</style><p>text</p>"
        f"<object data={at}/g></object><embed src=file:///etc/hostname><svg><image href={at}/h /></svg>"
    )


def test_hostile_html_reaches_no_address_and_no_file(server: Counting) -> None:
    found = PdfReader(io.BytesIO(pdf_of(f"<html><body>{hostile(server)}</body></html>")))
    assert server.asked == 0
    assert not found.attachments
    with open("/etc/hostname", encoding="utf-8") as file:  # noqa: PTH123 - as the document would
        assert file.read().strip() not in found.pages[0].extract_text()


def test_the_counting_server_counts(server: Counting) -> None:
    import urllib.request
    from contextlib import suppress
    from urllib.error import HTTPError

    with suppress(HTTPError):
        urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/", timeout=5)
    assert server.asked == 1


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "https://x/", "file:///etc/hostname", "data:text/plain,x", "ftp://x"]
)
def test_every_scheme_is_refused(url: str) -> None:
    fetcher = RefusingFetcher()
    for ask in (fetcher.fetch, fetcher.open, fetcher):
        with pytest.raises(NothingMayBeFetchedError):
            ask(url)
