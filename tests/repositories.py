"""Small editions in real git repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.copies import SOUND

LETTER = "edition/documents/page"


def git(root: Path, *arguments: str, may_fail: bool = False) -> str:
    """Run git in a folder, with nothing of the settings of whoever runs the tests."""
    settings = ("user.name=Clerk", "user.email=clerk@example.org", "core.autocrlf=false")
    options = [part for setting in settings for part in ("-c", setting)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        ["git", *options, *arguments],
        cwd=root,
        env={**kept, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        check=not may_fail,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def commit(root: Path, message: str = "A state") -> None:
    """Put everything that lies in a folder into a commit."""
    git(root, "add", "-A", ".")
    git(root, "commit", "-q", "--no-gpg-sign", "-m", message)


def repository(root: Path) -> Path:
    """Make a folder a repository, and its state the first commit."""
    git(root, "init", "-q", "-b", "main")
    commit(root)
    return root


def small_edition(root: Path, texts: Mapping[str, str], notes: Mapping[str, str]) -> Path:
    """Write an edition of one document; ``notes`` maps ids to the YAML of their targets."""
    folder = root / LETTER
    (folder / "notes").mkdir(parents=True)
    for name in ("edition.yml", "contributors/editors.yml", "sources/manual.yml"):
        (root / "edition" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SOUND / "edition" / name, root / "edition" / name)
    (folder / "document.yml").write_text(
        'title: "A page"\nheading: "A page"\nkind: "letter"\nlanguage: "en"\ndate: "2026"\n'
        'source: "Written for the tests."\nwitnesses:\n  - siglum: "A"\n    title: "The page"\n'
        'basis: "A"\nnotation: {}\nlines: "transcript"\npages:\n  - n: "1"\napply: "high"\n'
    )
    transcribe(root, texts)
    for name, target in notes.items():
        annotate(root, name, target)
    return root


def transcribe(root: Path, texts: Mapping[str, str], document: str = LETTER) -> None:
    """Write the transcription: blocks by their ids."""
    blocks = "".join(f"\n@p {name}\n{text}\n" for name, text in texts.items())
    (root / document / "transcription.txt").write_text(f"@page 1{blocks}", encoding="utf-8")


def annotate(root: Path, name: str, target: str, body: str = "A note") -> Path:
    """Write a note on a target, given as YAML."""
    file = root / LETTER / "notes" / f"{name}.md"
    file.write_text(
        f'---\n{target}\nlabel: "{name}"\nkind: "context"\nstanding: "fact"\n'
        'author: "editors"\nlicense: "CC-BY-4.0"\ndate: "2026-11-24"\n'
        f"---\n{body} [@manual, p. 1].\n",
        encoding="utf-8",
    )
    return file


def passage(block: str, exact: str, *more: str) -> str:
    """Return the YAML of a target, a key a line."""
    lines = [f'block: "{block}"', f'exact: "{exact}"', *more]
    return "target:\n" + "\n".join(f"  {line}" for line in lines)
