"""The same commit gives the same bytes, wherever, whenever and by whomever it is built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.copies import Tree, sound_copy, tree

PROJECT = Path(__file__).resolve().parents[2]
COMMITTED = "2021-03-04T05:06:07+0000"

BUILD = """
import os, sys, time
root, mask, later = sys.argv[1], int(sys.argv[2], 8), float(sys.argv[3])
os.umask(mask)
real = time.time
time.time = lambda: real() + later
from build_tools.cli import run
sys.exit(run(["--root", root, "build", "--all"]))
"""


@dataclass(frozen=True)
class Circumstances:
    """What a build must not depend on."""

    folder: str
    zone: str
    locale: str
    umask: str
    seed: str
    later: float
    remote: str


HERE = Circumstances(
    "a", "UTC", "C.UTF-8", "022", "1", 0, "https://me:secret@git.example.org/o/letters.git"
)
ELSEWHERE = Circumstances(
    *("another place, längs", "Pacific/Kiritimati", "C", "077", "4242", 4e7),
    "git@git.example.org:o/letters",
)


def committed(root: Path, remote: str) -> Path:
    """Make a copy of the sound edition a commit of its own."""
    sound_copy(root)
    if (PROJECT / "node_modules").is_dir():
        (root / "node_modules").symlink_to(PROJECT / "node_modules")
    with (root / "mkdocs.yml").open("a") as file:
        file.write("\nsite_url: https://example.org/letters/\n")
    (root / ".gitignore").write_text("node_modules\n.edition\nsite*\ndist\ndocs/edition\n")
    named = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org"}
    named |= {name.replace("AUTHOR", "COMMITTER"): value for name, value in named.items()}
    dated = {"GIT_AUTHOR_DATE": COMMITTED, "GIT_COMMITTER_DATE": COMMITTED}
    cloned = ["remote", "add", "origin", remote]
    for command in (["init", "-q"], cloned, ["add", "-A"], ["commit", "-q", "-m", "All"]):
        environment = {**os.environ, **named, **dated}
        subprocess.run(["git", "-C", str(root), *command], check=True, env=environment)
    return root


def build(circumstances: Circumstances, folder: Path) -> dict[str, Tree]:
    """Build in a process of its own; return the two sites and what was packed."""
    root = committed(folder / circumstances.folder, circumstances.remote)
    for file in root.rglob("*"):
        if file.is_file() and ".git" not in file.parts:
            os.utime(file, (time.time(), time.time() - circumstances.later / 1000))
    environment = {
        **os.environ,
        "TZ": circumstances.zone,
        "LANG": circumstances.locale,
        "LC_ALL": circumstances.locale,
        "PYTHONHASHSEED": circumstances.seed,
        "PYTHONPATH": str(PROJECT),
    }
    environment.pop("SOURCE_DATE_EPOCH", None)
    arguments = [str(root), circumstances.umask, str(circumstances.later)]
    done = subprocess.run(
        [sys.executable, "-c", BUILD, *arguments],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {name: tree(root / name) for name in ("site", "site-offline", "dist")}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Tree], dict[str, Tree]]:
    assert shutil.which("git"), "this test needs git"
    folder = tmp_path_factory.mktemp("repeatable")
    return build(HERE, folder), build(ELSEWHERE, folder)


@pytest.mark.parametrize("name", ["site", "site-offline", "dist"])
def test_the_same_commit_gives_the_same_bytes(
    both: tuple[dict[str, Tree], dict[str, Tree]], name: str
) -> None:
    first, second = both[0][name], both[1][name]
    assert list(first) == list(second)
    assert [path for path in first if first[path] != second[path]] == []


def test_where_a_clone_came_from_is_said_without_what_is_somebodys_own(
    both: tuple[dict[str, Tree], dict[str, Tree]],
) -> None:
    for name in ("site", "site-offline"):
        drafting = both[0][name]["edition/drafting.js"]
        assert b'"repository":"https://git.example.org/o/letters"' in drafting
        assert b"secret" not in drafting


def test_the_date_is_that_of_the_commit(both: tuple[dict[str, Tree], dict[str, Tree]]) -> None:
    assert b"<lastmod>2021-03-04</lastmod>" in both[0]["site"]["sitemap.xml"]
