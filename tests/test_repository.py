"""Where notes are proposed: as edition.yml says, else where the clone came from."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.copies import run, sound_copy

CLONED, NAMED = "https://github.com/owner/clone", "https://codeberg.org/owner/named"


def drafting(root: Path) -> str:
    return (root / "docs" / "edition" / "drafting.js").read_text(encoding="utf-8")


def test_edition_yml_wins_and_the_remote_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = sound_copy(tmp_path)
    assert run(root, "pages") == 0
    assert "repository" not in capsys.readouterr().out
    assert '"repository":"","forge":""' in drafting(root)

    for command in (["init", "-q"], ["remote", "add", "origin", f"{CLONED}.git"]):
        subprocess.run(["git", "-C", str(root), *command], check=True)
    assert run(root, "pages") == 0
    assert f"notes are proposed at that of the clone, {CLONED}" in capsys.readouterr().out
    assert f'"repository":"{CLONED}","forge":"github"' in drafting(root)

    with (root / "edition" / "edition.yml").open("a", encoding="utf-8") as file:
        file.write(f'repository: "{NAMED}"\n')
    assert run(root, "pages") == 0
    assert "clone" not in capsys.readouterr().out
    assert f'"repository":"{NAMED}","forge":"forgejo"' in drafting(root)


def test_a_build_sees_that_the_clone_is_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = sound_copy(tmp_path)
    subprocess.run(["git", "-C", str(root), "init", "-q"], check=True)
    assert run(root, "build") == 0
    subprocess.run(["git", "-C", str(root), "remote", "add", "origin", CLONED], check=True)
    capsys.readouterr()
    assert run(root, "build") == 0
    assert "Nothing has changed" not in capsys.readouterr().out
    assert CLONED in (root / "site" / "edition" / "drafting.js").read_text(encoding="utf-8")
