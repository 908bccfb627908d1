"""The command line: exit codes, what goes where, and no traceback for what a user can do."""

from __future__ import annotations

import errno
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from build_tools import cli, pipeline
from build_tools.cli import run as plain_run
from build_tools.model import problem
from build_tools.model.codes import CODES, WARNING
from build_tools.publish import offline, site
from build_tools.publish.site import Order
from build_tools.read.tree import RevisionTree, TreeError
from tests.copies import run, sound_copy, tree

TOP = Path(__file__).resolve().parents[1]
NOTE = "edition/documents/letter/notes/quickly.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = sound_copy(tmp_path / "letters")
    if (TOP / "node_modules").is_dir():
        (root / "node_modules").symlink_to(TOP / "node_modules")
    return root


def spoil(root: Path) -> None:
    """Quote a passage that is not in the text."""
    file = root / NOTE
    file.write_text(file.read_text().replace('exact: "quickly"', 'exact: "quikly"'))


def write_on(root: Path) -> None:
    """Change the edition, so that there is something to build."""
    file = root / NOTE
    file.write_text(f"{file.read_text()}One more sentence.\n")


def misprint(site: Path) -> None:
    """Let a finished page show another word than its source."""
    page = site / "edition/letter/index.html"
    text = page.read_text()
    assert "Your telegram said" in text
    # What stays of the last site is one file under two names: only the stage is to be touched.
    page.unlink()
    page.write_text(text.replace("Your telegram said", "Your telegram sayd"))


# What is said, and where


def test_a_sound_edition(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "check") == 0
    assert capsys.readouterr() == ("No problems found.\n", "")


def test_a_problem(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(root)
    assert run(root, "check") == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert f"--> {NOTE}:4:10" in said.err


def test_warnings_alone_are_sound(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(root)
    mild = replace(CODES["anchor-not-found"], severity=WARNING)
    monkeypatch.setattr(problem, "CODES", {**CODES, mild.name: mild})
    assert run(root, "check") == 0
    assert "warning[anchor-not-found]" in capsys.readouterr().err
    assert run(root, "check", "--format", "json") == 0
    assert [one["severity"] for one in json.loads(capsys.readouterr().out)] == ["warning"]
    assert run(root, "check", "--format", "github") == 0
    assert capsys.readouterr().out.startswith("::warning ")


@pytest.mark.parametrize("is_sound", [True, False])
def test_json_is_alone(root: Path, is_sound: bool, capsys: pytest.CaptureFixture[str]) -> None:
    if not is_sound:
        spoil(root)
    assert run(root, "check", "--format", "json") == (0 if is_sound else 1)
    said = capsys.readouterr()
    assert [one["code"] for one in json.loads(said.out)] == (
        [] if is_sound else ["anchor-not-found"]
    )
    assert said.err == ""


def test_annotations_name_files_from_the_top_of_the_repository(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(root)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(root.parent))
    assert run(root, "check", "--format", "github") == 1
    said = capsys.readouterr()
    (line,) = said.out.splitlines()
    assert line.startswith(f"::error file=letters/{NOTE},line=4,col=10,")
    assert "error[anchor-not-found]" in said.err, "the log has the whole report"
    monkeypatch.setenv("GITHUB_WORKSPACE", str(root))
    run(root, "check", "--format", "github")
    assert capsys.readouterr().out.startswith(f"::error file={NOTE},")


def test_the_build_says_where_the_site_is(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "build", "--all") == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert str(root / "site") in said.out
    assert (root / "site-offline/index.html").as_uri() in said.out
    (archive,) = (root / "dist").iterdir()
    assert str(archive) in said.out
    with zipfile.ZipFile(archive) as packed:
        assert f"{archive.stem}/index.html" in packed.namelist()
    assert run(root, "verify") == 0
    assert "site/ and site-offline/" in capsys.readouterr().out


def test_verify_reads_every_site_that_is_there(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(root, "verify") == 1
    assert "edition build" in capsys.readouterr().err
    assert run(root, "build", "--offline") == 0
    assert not (root / "site").exists()
    assert run(root, "verify") == 0
    assert "Every text in site-offline/ is" in capsys.readouterr().out
    misprint(root / "site-offline")
    assert run(root, "verify") == 1
    said = capsys.readouterr().err
    assert "error[text-differs]" in said
    assert "--> site-offline/edition/letter/index.html:" in said


def test_of_two_sites_none_is_replaced_where_one_is_not_sound(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(root, "build", "--all") == 0
    before = tree(root, (".edition/", "docs/edition/", NOTE))
    real = offline.build_offline

    def spoiled(root: Path, stage: Path, order: Order) -> object:
        found = real(root, stage, order)
        misprint(stage)
        return found

    monkeypatch.setattr(pipeline, "build_offline", spoiled)
    write_on(root)
    assert run(root, "build", "--all") == 1
    assert "error[text-differs]" in capsys.readouterr().err
    assert tree(root, (".edition/", "docs/edition/", NOTE)) == before


def test_without_the_npm_piece_there_is_a_remedy(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "node_modules").unlink(missing_ok=True)
    monkeypatch.setattr(offline, "TOOL", root)
    assert run(root, "build", "--offline") == 1
    said = capsys.readouterr().err
    assert "error[file-missing]" in said
    assert "make offline" in said
    assert not (root / "site-offline").exists()


# Help and misuse

COMMANDS = (
    *([name] for name in sorted(cli.edition.commands)),
    *(["new", name] for name in sorted(cli.new.commands)),
)


@pytest.mark.parametrize("command", [[], *COMMANDS], ids=" ".join)
def test_help_can_be_read_anywhere(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert plain_run(["--root", str(tmp_path), *command, "--help"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.startswith("Usage: edition")
    for word in ("DOM", "regex", "stdin", "YAML", "None", "callback", "path_type"):
        assert word not in said.out


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_folder_without_an_edition_is_misuse(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if command[0] in ("new", "demo", "adopt", "assemble", "diff", "import-issue", "reanchor"):
        return
    assert plain_run(["--root", str(tmp_path), *command]) == 2
    assert "there is no folder edition/" in capsys.readouterr().err


@pytest.mark.parametrize(
    "argv",
    [
        ["no-such-command"],
        ["check", "--no-such-option"],
        ["check", "--format", "xml"],
        ["--root", "/no/such/folder", "check"],
        ["serve", "--port", "70000"],
        ["new"],
        ["new", "poem"],
        ["new", "note", "--kind", "poem"],
    ],
    ids=" ".join,
)
def test_misuse(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert plain_run(argv) == 2
    assert "Usage: edition" in capsys.readouterr().err


# What a user can do wrong


def test_without_edition_yml(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "edition/edition.yml").unlink()
    for command in (["check"], ["pages"], ["build", "--all"], ["verify"]):
        assert run(root, *command) == 1
        assert "error[file-missing]" in capsys.readouterr().err
    assert run(root, "check", "--format", "json") == 1
    assert json.loads(capsys.readouterr().out)[0]["code"] == "file-missing"


def test_without_mkdocs_yml(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "mkdocs.yml").unlink()
    assert run(root, "build", "--all") == 1
    assert "mkdocs.yml" in capsys.readouterr().err


def test_outside_git(root: Path) -> None:
    """The moment of the build is then that of the newest file; a revision cannot be read."""
    assert run(root, "build") == 0
    with pytest.raises(TreeError, match="git"):
        RevisionTree(root, "HEAD")


@pytest.mark.parametrize(("name", "command"), [("docs", "pages"), ("dist", "build --offline")])
def test_a_file_where_a_folder_belongs(
    root: Path, name: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(root / name, ignore_errors=True)
    (root / name).write_text("a file\n")
    assert run(root, *command.split()) in (1, 2)
    assert name in capsys.readouterr().err
    assert (root / name).read_text() == "a file\n"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_what_the_system_refuses_is_a_sentence(
    root: Path, number: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), str(root / "docs/edition/index.md"))

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    for command in (["pages"], ["build"], ["new", "place", "--name", "X"]):
        assert run(root, *command) == 2
        said = capsys.readouterr().err.splitlines()[-1]
        assert said.startswith("edition: ")
        assert os.strerror(number) in said


def test_a_disk_that_fills_up_while_mkdocs_writes(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(root, "build") == 0
    before = tree(root / "site")
    capsys.readouterr()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("mkdocs.utils.write_file", full)
    write_on(root)
    assert run(root, "build") in (1, 2)
    said = capsys.readouterr().err
    assert "No space left on device" in said
    assert tree(root / "site") == before
    assert not site.stage_of(root).exists() or (root / "site").exists()


def test_a_port_that_is_taken(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert run(root, "serve", "--port", port) == 2
    said = capsys.readouterr().err
    assert port in said
    assert "--port" in said


# As a program of its own


def program(*argv: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "build_tools", *argv],
        cwd=TOP,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_exit_codes_reach_the_shell(root: Path) -> None:
    assert program("--root", str(root), "check").returncode == 0
    spoil(root)
    assert program("--root", str(root), "check").returncode == 1
    assert program("check", "--what").returncode == 2


def test_a_terminal_that_knows_few_letters(root: Path) -> None:
    file = root / NOTE
    file.write_text(file.read_text().replace('exact: "quickly"', 'exact: "qüickly – “ ‸"'))
    done = program("--root", str(root), "check", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 1
    assert "error[anchor-not-found]" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_goes_away(root: Path) -> None:
    spoil(root)
    command = [sys.executable, "-m", "build_tools", "--root", str(root), "check"]
    with subprocess.Popen(
        [*command, "--format", "json"],
        cwd=TOP,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() != 0
