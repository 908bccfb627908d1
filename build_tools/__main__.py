"""``python -m build_tools``: the same as the command ``edition``."""

from build_tools.door import main

main()
