"""The rooms: what the import contract cannot say."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[1] / "build_tools"
FILES = sorted(TOOLS.rglob("*.py"))
STAGES = {path.parent.name for path in TOOLS.glob("*/__init__.py")} - {"model"}
OUTSIDE = {"__main__.py", "door.py", "bootstrap.py", "markdown_safe.py"}


def imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TOOLS)))
def test_a_stage_imports_only_itself_and_the_model(path: Path) -> None:
    room = path.relative_to(TOOLS).parts[0]
    ours = {name.split(".")[1] for name in imports(path) if name.startswith("build_tools.")}
    if room in STAGES:
        assert ours <= {room, "model"}
    elif room == "model":
        assert ours <= {"model"}
    elif room not in OUTSIDE:
        assert "cli" not in ours


def test_the_model_needs_only_the_standard_library() -> None:
    for path in (TOOLS / "model").glob("*.py"):
        tops = {name.split(".")[0] for name in imports(path)} - {"build_tools"}
        assert tops <= sys.stdlib_module_names, path.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TOOLS)))
def test_files_are_short_and_say_what_they_are(path: Path) -> None:
    source = path.read_text()
    assert len(source.splitlines()) <= 500
    assert ast.get_docstring(ast.parse(source)), "a module's first line says what it is"


def test_nothing_in_the_tools_knows_the_first_edition() -> None:
    words = ("1158", "telegram", "usun", "kennedy", "khrushchev", "cuba", "mikoyan", "rusk")
    for path in TOOLS.rglob("*"):
        if path.suffix in (".py", ".html", ".css", ".js"):
            text = path.read_text().casefold()
            assert not [word for word in words if word in text], path
