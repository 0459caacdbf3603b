"""`python -m wingbeat` is the command `wingbeat`."""

from __future__ import annotations

import sys

from wingbeat.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
