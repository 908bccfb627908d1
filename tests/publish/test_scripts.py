"""The theme's scripts as they are served: joined, small, and true to what was written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from build_tools.publish.scripts import JOINED, Smaller, node, served, smaller
from build_tools.publish.theme import THEME, TOOL

PANEL = "assets/suggest-panel.js"
FILES = {path.relative_to(THEME).as_posix(): path.read_bytes() for path in THEME.rglob("*.js")}


@pytest.fixture(scope="module")
def tool() -> Smaller:
    found = smaller([TOOL / "node_modules"])
    assert found, "terser is not installed: run make test"
    return found


def test_without_a_tool_scripts_are_served_as_they_were_written() -> None:
    made = dict(served(FILES, None))
    assert made["assets/notes.js"] == FILES["assets/notes.js"]
    assert made[PANEL] == b"{\n" + b"\n".join(FILES[part] for part in JOINED[PANEL]) + b"}\n"
    assert not [path for path in made if not path.startswith("assets/")]


def test_a_tool_that_fails_changes_nothing(tmp_path: Path) -> None:
    assert dict(served(FILES, Smaller(node(), str(tmp_path)))) == dict(served(FILES, None))
    assert dict(served(FILES, Smaller("no-such-program", ""))) == dict(served(FILES, None))
    broken = {**FILES, "assets/broken.js": b"/* Without it. */ const = 3;"}
    small = smaller([TOOL / "node_modules"])
    assert dict(served(broken, small)) == dict(served(broken, None))


def test_every_script_begins_with_what_works_without_it_and_says_where_it_is_written(
    tool: Smaller,
) -> None:
    made = dict(served(FILES, tool))
    assert made.keys() == dict(served(FILES, None)).keys()
    for path, code in made.items():
        first = code.decode().split("\n")[0]
        assert first.startswith("/* Without this script "), path
        place = first.split("Source: build_tools/theme/")[1].removesuffix(" */")
        assert (THEME / place).exists(), path
        written = sum(len(FILES[part]) for part in JOINED.get(path, (path,)))
        assert len(code) < 0.8 * written, path


def test_what_was_made_is_taken_again_and_of_no_other_scripts(
    tool: Smaller, tmp_path: Path
) -> None:
    kept, few = tmp_path / "scripts.json", {"assets/a.js": b"/* Without it. */ let a = 1;"}
    first = dict(served(few, tool, kept))
    known = json.loads(kept.read_text())
    kept.write_text(json.dumps({**known, "made": {"assets/a.js": "kept"}}))
    assert dict(served(few, tool, kept))["assets/a.js"].endswith(b"*/\nkept\n")
    others = {"assets/a.js": b"/* Without it. */ let a = 2;"}
    assert b"2" in dict(served(others, tool, kept))["assets/a.js"]
    for spoilt in ("", "[]", "{}", '{"key": 1}', '{"made": []}'):
        kept.write_text(spoilt)
        assert dict(served(few, tool, kept)) == first


def test_other_files_are_left_alone(tool: Smaller) -> None:
    others = {"assets/a.css": b"a { }", "main.html": b"<p>", "assets/a.txt": b"{ }"}
    made = dict(served({**FILES, **others}, tool))
    assert {path: made[path] for path in others} == others


def test_where_nothing_is_installed_there_is_no_tool(tmp_path: Path) -> None:
    assert smaller([tmp_path]) is None
