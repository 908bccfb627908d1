"""The generated pages, made into a site by other publishers, and read back by our proof.

    python -m tests.bench.publishers

Nothing depends on it: it tells how movable the edition is.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from build_tools import pipeline
from build_tools.read.tree import FolderTree
from build_tools.verify.compare import verify_site

PROJECT = Path(__file__).resolve().parents[2]
OURS = ("nh3", "PyYAML", "markdown", "pymdown-extensions")
"""What the extension of our own needs beside the publisher."""

PUBLISHERS: dict[str, tuple[Sequence[str], Sequence[str]]] = {
    "ProperDocs": (
        ("properdocs", "mkdocs-material>=9.8.1,<10"),
        ("properdocs", "build", "-q", "-f", "mkdocs.yml"),
    ),
    "Zensical": (("zensical",), ("zensical", "build", "-f", "mkdocs.yml")),
}


def main() -> None:
    """Try each publisher, and say what came of it."""
    with tempfile.TemporaryDirectory(prefix="publishers-") as temporary:
        root = Path(temporary) / "edition"
        made = shutil.ignore_patterns("edition")
        shutil.copytree(PROJECT / "edition", root / "edition")
        shutil.copytree(PROJECT / "docs", root / "docs", ignore=made)
        shutil.copy(PROJECT / "mkdocs.yml", root / "mkdocs.yml")
        if not pipeline.pages(root).is_sound:
            sys.exit("the edition has problems: see what `edition check` says")
        for name, (packages, command) in PUBLISHERS.items():
            tools = Path(temporary) / name
            say(f"{name}: {_tried(root, tools, packages, command)}")


def _tried(root: Path, tools: Path, packages: Sequence[str], command: Sequence[str]) -> str:
    subprocess.run([sys.executable, "-m", "venv", str(tools)], check=True)
    install = [str(tools / "bin/pip"), "install", "--quiet", *packages, *OURS]
    if subprocess.run(install, check=False, capture_output=True).returncode:
        return "could not be installed here"
    shutil.rmtree(root / "site", ignore_errors=True)
    done = subprocess.run(
        [str(tools / "bin" / command[0]), *command[1:]],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return f"failed: {(done.stderr or done.stdout).strip().splitlines()[-1]}"
    bound, _ = pipeline.bind_tree(FolderTree(root))
    assert bound is not None
    problems = verify_site(root / "site", pipeline.expected(bound))
    if not problems:
        return "every text is that of its source, every link leads somewhere"
    told = "\n".join(f"  {one.place.file}: {one.message}" for one in problems[:20])
    return f"{len(problems)} differences\n{told}"


def say(words: str) -> None:
    """Say it at the terminal."""
    sys.stdout.write(words + "\n")


if __name__ == "__main__":
    main()
