"""``python -m build_tools``: the same as the command ``edition``."""

from build_tools.cli import main

main()
