"""The door to the command line: it is there before all that takes a while to be loaded."""

from __future__ import annotations

import sys

STOPPED = 130
"""What a program ends with that Ctrl-C has ended: 128 and the number of the signal."""


def main() -> None:
    """Load the command line and run it; Ctrl-C is answered by a word from the first moment on."""
    try:
        from build_tools.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        sys.exit(STOPPED)
