"""Asks the web server of this container for /healthz, under a name it answers to."""

from __future__ import annotations

import http.client
import os
import sys


def main() -> int:
    """0 when the pages answer and find the database and the broker."""
    connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=5)
    host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
    connection.request("GET", "/healthz", headers={"Host": host})
    return int(connection.getresponse().status != http.HTTPStatus.OK)


if __name__ == "__main__":
    sys.exit(main())
