"""The tutorial is followed step by step: what it says to write and to run is written and run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from build_tools.cli import run

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/about/your-own-edition.md").read_text(encoding="utf-8")
STEP = re.compile(
    r"^`(?P<file>[\w./-]+)`\n\n(?P<text>(?:    .*\n|\n)+)"
    r"|^`(?P<changed>[\w./-]+)` now has `(?P<new>[^`]+)` in place of `(?P<old>[^`]+)`\."
    r"|^Run `edition (?P<command>\w+)`\.[^\n]*\n\n(?P<said>(?:    .*\n|\n)+)",
    re.MULTILINE,
)


def unindented(text: str) -> str:
    return "\n".join(line[4:] for line in text.rstrip("\n").split("\n")) + "\n"


def published_by(root: Path) -> None:
    """Copy mkdocs.yml as the page says: another name, and no navigation of its own."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    text = re.sub(
        r"^site_name:.*$", 'site_name: "Letters from the harbour"', text, flags=re.MULTILINE
    )
    text = re.sub(r"^nav:\n(?:[ -].*\n|\n(?= ))+", "", text, flags=re.MULTILINE)
    assert "nav" not in yaml.safe_load(text)
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")


def test_the_tutorial_does_what_it_says(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "edition").mkdir()
    commands = 0
    changed, sound = tmp_path, ""
    for step in STEP.finditer(PAGE):
        if step["file"]:
            file = tmp_path / step["file"]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(unindented(step["text"]), encoding="utf-8")
        elif step["changed"]:
            changed = tmp_path / step["changed"]
            sound = changed.read_text(encoding="utf-8")
            assert step["old"] in sound
            changed.write_text(sound.replace(step["old"], step["new"]), encoding="utf-8")
        else:
            commands += 1
            if step["command"] == "build":
                published_by(tmp_path)
                changed.write_text(sound, encoding="utf-8")
            code = run(["--root", str(tmp_path), step["command"]])
            said = "".join(capfd.readouterr())
            assert unindented(step["said"]).strip() in said
            assert code == (1 if "did you mean" in step["said"] else 0), said
    assert commands == 4
    page = (tmp_path / "site/edition/first/index.html").read_text(encoding="utf-8")
    assert "ordre" in page
    assert ">order<" in page
