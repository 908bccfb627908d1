"""The set-up script and the lock files that it installs."""

from __future__ import annotations

import ast
import json
import os
import re
import tomllib
from pathlib import Path

import pytest

from build_tools import bootstrap

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*", re.MULTILINE)


def names(text: str) -> set[str]:
    """Give the names of the packages that a requirements file asks for, as pip compares them."""
    return {re.sub(r"[-_.]+", "-", name).lower() for name in NAME.findall(text)}


def read(name: str) -> str:
    return (REQUIREMENTS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", bootstrap.LOCKS)
def test_a_lock_pins_and_hashes_everything_and_names_no_place(name: str) -> None:
    lock = read(f"{name}.txt")
    bootstrap.refuse_addresses(REQUIREMENTS / f"{name}.txt")
    assert names(read(f"{name}.in")) <= names(lock)
    for requirement in re.split(r"\n(?=\S)", lock.strip()):
        assert re.match(r"[a-z0-9.-]+==", requirement)
        assert "--hash=sha256:" in requirement


def test_tests_run_on_the_versions_that_the_site_is_built_with() -> None:
    def pinned(name: str) -> set[str]:
        return set(re.findall(r"^[a-z].*==.*?(?= \\)", read(name), re.MULTILINE))

    assert pinned("site.txt") <= pinned("test.txt")


def test_the_npm_lock_names_no_place_and_hashes_everything() -> None:
    bootstrap.refuse_addresses(ROOT / "package-lock.json")
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert all("integrity" in package for path, package in packages.items() if path)


def test_what_the_project_declares_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert names("\n".join(project["dependencies"])) <= names(read("site.in"))


@pytest.mark.parametrize(
    "line",
    ["--index-url https://example.org/simple", "mkdocs @ https://example.org/mkdocs.whl"],
)
def test_a_place_in_a_lock_is_refused(tmp_path: Path, line: str) -> None:
    lock = tmp_path / "site.txt"
    lock.write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"site\.txt:1"):
        bootstrap.refuse_addresses(lock)


def test_an_old_python_can_read_the_script_that_says_which_python_it_needs() -> None:
    source = Path(bootstrap.__file__).read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 7))


def test_a_step_is_done_again_only_when_its_key_changes(tmp_path: Path) -> None:
    stamp = tmp_path / "stamps" / "site"
    assert not bootstrap.is_stamped(stamp, "one")
    bootstrap.write_stamp(stamp, "one")
    assert bootstrap.is_stamped(stamp, "one")
    assert not bootstrap.is_stamped(stamp, "two")


@pytest.mark.skipif(os.name == "nt", reason="snaps are a matter of Linux")
def test_a_program_that_only_starts_a_snap_is_no_browser(tmp_path: Path) -> None:
    stub = tmp_path / "chromium-browser"
    stub.write_text("#!/bin/sh\nexec /snap/bin/chromium\n", encoding="utf-8")
    stub.chmod(0o755)
    real = tmp_path / "chromium"
    real.write_text("#!/bin/sh\necho Chromium\n", encoding="utf-8")
    real.chmod(0o755)
    assert not bootstrap.is_browser(str(stub))
    assert bootstrap.is_browser(str(real))
    assert not bootstrap.is_browser(None)
