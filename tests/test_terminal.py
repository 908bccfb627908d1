"""What is shown while something takes long, and what is not."""

from __future__ import annotations

import io
import sys
import threading
from pathlib import Path

import pytest

from build_tools import pipeline
from build_tools.model.spread import Watch
from build_tools.publish import processes as processes_of
from build_tools.terminal import Bar, progress
from tests.copies import sound_copy


class Terminal(io.StringIO):
    """Where somebody sits."""

    def isatty(self) -> bool:
        """Say that it is a terminal."""
        return True


def seated(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Put somebody before the screen, while a test runs."""
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(Bar, "EVERY", -1.0)
    return screen


def test_nothing_is_shown_where_nobody_sits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with progress() as bars:
        assert bars is None


def test_what_is_done_soon_shows_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = seated(monkeypatch)
    with progress() as bars:
        assert bars is not None
        watch = bars("Setting pages")
        for page in range(10):
            watch(page, 10)
    assert terminal.getvalue() == ""


def test_a_bar_comes_late_and_goes_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = seated(monkeypatch)
    monkeypatch.setattr(Bar, "PATIENCE", -1.0)
    with progress() as bars:
        assert bars is not None
        watch = bars("Setting pages")
        watch(3, 10)
        shown = terminal.getvalue()
        assert "Setting pages" in shown
        assert "3/10" in shown
        # What is printed meanwhile goes where it always goes.
        sys.stdout.write("written\n")
        watch(10, 10)
        cleared = terminal.getvalue()
        assert len(cleared) > len(shown)
        watch(10, 10)
        assert terminal.getvalue() == cleared
    assert capsys.readouterr().out == "written\n"


def test_a_bar_has_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """With another thread the work would not be shared out among processes."""
    seated(monkeypatch)
    monkeypatch.setattr(Bar, "PATIENCE", -1.0)
    before = threading.active_count()
    with progress() as bars:
        assert bars is not None
        watch = bars("Setting pages")
        watch(3, 10)
        assert threading.active_count() == before


def test_one_bar_goes_when_another_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = seated(monkeypatch)
    monkeypatch.setattr(Bar, "PATIENCE", -1.0)
    with progress() as bars:
        assert bars is not None
        bars("Reading")(3, 10)
        bars("Weaving")(4, 10)
        shown = terminal.getvalue()
        assert shown.index("Reading") < shown.index("Weaving")
    # Taken away: the line is emptied, and the cursor stands on it.
    assert terminal.getvalue().endswith("\x1b[2K")


@pytest.mark.parametrize("processes", [1, 3])
def test_every_stage_of_a_build_tells_how_far_it_is(
    processes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes_of, "WORTH", 1)
    monkeypatch.setattr(processes_of, "processors", lambda: processes)
    root = sound_copy(tmp_path)
    told: dict[str, list[tuple[int, int]]] = {}

    def bars(says: str) -> Watch:
        heard = told.setdefault(says, [])
        return lambda done, total: heard.append((done, total))

    assert pipeline.build(root, lambda line: None, bars=bars).is_sound
    assert list(told) == ["Reading", "Checking", "Weaving", "Setting pages", "Reading back"]
    for says, heard in told.items():
        assert heard, says
        assert all(0 < done <= total for done, total in heard), says
        assert heard[-1][0] == heard[-1][1], says
