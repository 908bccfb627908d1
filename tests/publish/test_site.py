"""MkDocs runs silently, and everything it warns of is a problem at the page it names."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from jinja2 import Environment

from build_tools.model.problem import Problem
from build_tools.publish.site import Order, build_site, epoch_of, stage_of
from tests.repositories import commit, git

CONFIGURATION = """\
site_name: A small edition
site_url: https://example.org/
theme:
  name: mkdocs
plugins:
  search: {}
markdown_extensions:
  attr_list: {}
nav:
  - Home: index.md
not_in_nav: |
  /edition/**
validation:
  omitted_files: warn
  absolute_links: warn
  unrecognized_links: warn
  anchors: warn
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs/edition").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text(CONFIGURATION)
    (tmp_path / "docs/index.md").write_text("# Home\n\n[Text](edition/text.md#p1)\n")
    (tmp_path / "docs/edition/text.md").write_text("# Text\n\nWords\n{: #p1 }\n")
    return tmp_path


def build(root: Path, epoch: int = 1_000_000_000) -> tuple[Problem, ...]:
    return build_site(root, stage_of(root), Order(epoch)).problems


def test_a_sound_site(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert build(root) == ()
    assert capfd.readouterr() == ("", "")
    page = (stage_of(root) / "edition/text/index.html").read_text()
    assert 'id="p1"' in page
    assert not (root / "site").exists()


@pytest.mark.parametrize(
    ("file", "text", "word"),
    [
        ("edition/text.md", "[broken](nowhere.md)", "nowhere.md"),
        ("index.md", "[absolute](/edition/text/)", "absolute"),
        ("index.md", "[text](edition/text/)", "edition/text/"),
    ],
)
def test_a_broken_link_is_told_at_its_page(root: Path, file: str, text: str, word: str) -> None:
    page = root / "docs" / file
    page.write_text(page.read_text() + "\n" + text + "\n{: #p1 }\n")
    (problem,) = build(root)
    assert problem.code == "publisher-failed"
    assert problem.place.file == f"docs/{file}"
    assert word in problem.message
    assert problem.hint


def test_a_page_that_the_navigation_lacks(root: Path) -> None:
    (root / "docs/lost.md").write_text("# Lost\n")
    (problem,) = build(root)
    assert problem.place.file == "mkdocs.yml"
    assert "lost.md" in problem.message


def test_a_page_that_the_navigation_names_in_vain(root: Path) -> None:
    file = root / "mkdocs.yml"
    file.write_text(file.read_text().replace("nav:\n", "nav:\n  - Gone: gone.md\n"))
    (problem,) = build(root)
    assert "gone.md" in problem.message


@pytest.mark.parametrize(
    "more",
    ["nav: [", "plugins: [no-such-plugin]", "theme: {name: no-such-theme}", "site_name: 3\nno: 1"],
)
def test_a_configuration_that_mkdocs_refuses(
    root: Path, more: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (root / "mkdocs.yml").write_text(f"site_name: X\n{more}\n")
    problems = build(root)
    assert problems
    assert {(p.code, p.place.file) for p in problems} == {("publisher-failed", "mkdocs.yml")}
    assert capfd.readouterr() == ("", "")


def test_no_configuration(root: Path) -> None:
    (root / "mkdocs.yml").unlink()
    assert [problem.code for problem in build(root)] == ["file-missing"]


def test_a_template_that_fails(root: Path) -> None:
    (root / "theme").mkdir()
    (root / "theme/broken.html").write_text("{{ nothing.at.all }}")
    (root / "docs/index.md").write_text("---\ntemplate: broken.html\n---\n# Home\n")
    file = root / "mkdocs.yml"
    file.write_text(file.read_text().replace("name: mkdocs", "name: mkdocs\n  custom_dir: theme"))
    problems = build(root)
    assert problems
    assert "index.md" in "".join(problem.message for problem in problems)


def test_the_same_sources_give_the_same_bytes(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    def made(name: str, epoch: int) -> dict[str, bytes]:
        stage = stage_of(root, name)
        assert build_site(root, stage, Order(epoch)).problems == ()
        return {
            file.relative_to(stage).as_posix(): file.read_bytes()
            for file in stage.rglob("*")
            if file.is_file()
        }

    first = made("one", 1_000_000_000)
    assert made("two", 1_000_000_000) == first
    later = made("three", 1_200_000_000)
    assert {path for path in first if first[path] != later[path]} == {
        "index.html",  # this theme prints the date there
        "sitemap.xml",
        "sitemap.xml.gz",
    }
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert made("four", 1_200_000_000) == first


def test_the_address_of_the_site(root: Path) -> None:
    stage, url = stage_of(root), "https://example.com/edition"
    canonical = 'rel="canonical" href="{}/edition/text/"'
    assert build_site(root, stage, Order(1, url)).problems == ()
    named = canonical.format("https://example.org")
    assert named in (stage / "edition/text/index.html").read_text(), "mkdocs.yml comes first"
    file = root / "mkdocs.yml"
    file.write_text(file.read_text().replace("site_url: https://example.org/\n", ""))
    assert build_site(root, stage, Order(1, url)).problems == ()
    assert canonical.format(url) in (stage / "edition/text/index.html").read_text()


def test_a_leftover_of_the_last_build_is_gone(root: Path) -> None:
    stage = stage_of(root)
    (stage / ".hidden").mkdir(parents=True)
    (stage / "old.html").write_text("old")
    assert build(root) == ()
    assert not (stage / "old.html").exists()
    assert not (stage / ".hidden").exists()


def test_logging_and_environment_are_as_before(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    logger = logging.getLogger("mkdocs")
    before = (logger.propagate, logger.handlers[:], dict(os.environ))
    build(root)
    assert (logger.propagate, logger.handlers[:], dict(os.environ)) == before


def test_the_moment_of_the_build(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "123")
    assert epoch_of(root) == 123
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    for file in root.rglob("*"):
        os.utime(file, (1000, 1000))
    os.utime(root / "docs/index.md", (2000, 2000))
    os.utime(root / "docs/edition/text.md", (3000, 3000))
    for name in ("docs/.index.md.swp", "docs/index.md~", "docs/.git/HEAD", "docs/Thumbs.db"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).touch()
    assert epoch_of(root) == 2000


def test_the_date_is_that_of_the_commit_whatever_it_changed(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clone without all of the history would find another one that changed the edition last."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    project = tmp_path / "project"
    shutil.copytree(root, project / "ours")
    for file in (project / "ours").rglob("*"):
        os.utime(file, (3000, 3000))
    git(project, "init", "-q")
    git(project, "commit", "-q", "--no-gpg-sign", "--allow-empty", "-m", "Without the edition")
    assert epoch_of(project / "ours") == 3000
    commit(project)
    assert epoch_of(project / "ours") == int(git(project, "log", "-1", "--format=%ct"))
    (project / "elsewhere.txt").write_text("one")
    git(project, "add", "elsewhere.txt")
    options = [
        "-c",
        "user.name=Clerk",
        "-c",
        "user.email=clerk@example.org",
        "commit",
        "-qm",
        "Else",
    ]
    date = {**os.environ, "GIT_COMMITTER_DATE": "1000000000 +0000"}
    subprocess.run(["git", *options, "--no-gpg-sign"], cwd=project, env=date, check=True)
    assert epoch_of(project / "ours") == 1_000_000_000


def test_templates_are_compiled_once_for_all_builds_of_a_process(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(root)
    page = (stage_of(root) / "edition/text/index.html").read_bytes()
    monkeypatch.setattr(Environment, "_generate", None)
    assert build(root) == ()
    assert (stage_of(root) / "edition/text/index.html").read_bytes() == page
