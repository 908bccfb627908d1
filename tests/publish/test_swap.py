"""The last good site stands until the verified one takes its place."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from build_tools.publish.site import stage_of
from build_tools.publish.swap import recover, swap, undisturbed


def make(folder: Path, says: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(says)
    (folder / "404.html").write_text("not found")
    return folder


def says(site: Path) -> str:
    return (site / "index.html").read_text()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def stage(tmp_path: Path) -> Path:
    return make(stage_of(tmp_path), "new")


def test_the_first_site(stage: Path, site: Path) -> None:
    assert swap(stage, site) == ()
    assert says(site) == "new"
    assert not stage.exists()


def test_the_next_site_leaves_nothing_of_the_last(stage: Path, site: Path, tmp_path: Path) -> None:
    make(site, "old")
    (site / "gone.html").write_text("gone")
    assert swap(stage, site) == ()
    assert says(site) == "new"
    assert not (site / "gone.html").exists()
    assert list((tmp_path / ".edition/stage").iterdir()) == []


def test_a_failure_puts_the_old_site_back(site: Path, tmp_path: Path) -> None:
    make(site, "old")
    (problem,) = swap(tmp_path / "no-stage", site)
    assert problem.code == "publisher-failed"
    assert says(site) == "old"


@pytest.mark.parametrize("stands", [True, False])
def test_an_interrupted_swap_is_put_right(
    stage: Path, site: Path, stands: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(site, "old")
    real = Path.rename
    calls = []

    def interrupted(self: Path, target: Path) -> Path:
        calls.append(self)
        if len(calls) == 2 and not stands:
            raise KeyboardInterrupt
        done = real(self, target)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        swap(stage, site)
    monkeypatch.undo()
    assert site.exists() == stands
    recover(site)
    assert says(site) == ("new" if stands else "old")
    recover(site)
    assert says(site) == ("new" if stands else "old")


def test_a_folder_that_is_no_site_is_left_alone(stage: Path, site: Path) -> None:
    site.mkdir()
    (site / "thesis.txt").write_text("mine")
    (problem,) = swap(stage, site)
    assert problem.code == "page-not-ours"
    assert (site / "thesis.txt").read_text() == "mine"
    assert says(stage) == "new"


def test_a_repository_is_left_alone(stage: Path, site: Path) -> None:
    make(site, "old")
    (site / ".git").mkdir()
    assert [problem.code for problem in swap(stage, site)] == ["page-not-ours"]
    assert (site / ".git").is_dir()


def test_an_empty_folder_is_replaced(stage: Path, site: Path) -> None:
    site.mkdir()
    assert swap(stage, site) == ()
    assert says(site) == "new"


def test_ctrl_c_between_the_renames_waits(
    stage: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(site, "old")
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        done = real(self, target)
        os.kill(os.getpid(), signal.SIGINT)
        return done

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(KeyboardInterrupt), undisturbed():
        assert swap(stage, site) == ()
    assert says(site) == "new"
    assert not stage.exists()
