"""The command line: `python -m edi read`, `check`, `show` and `write`."""

from __future__ import annotations

import sys

from edi.command.entry import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
