"""What is shown while something takes long, and what is not."""

from __future__ import annotations

import io
import sys
import threading

import pytest

from build_tools.terminal import Bar, progress


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
    with progress("Setting pages") as watch:
        assert watch is None


def test_what_is_done_soon_shows_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = seated(monkeypatch)
    with progress("Setting pages") as watch:
        assert watch is not None
        for page in range(10):
            watch(page, 10)
    assert terminal.getvalue() == ""


def test_a_bar_comes_late_and_goes_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = seated(monkeypatch)
    monkeypatch.setattr(Bar, "PATIENCE", -1.0)
    with progress("Setting pages") as watch:
        assert watch is not None
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
    with progress("Setting pages") as watch:
        assert watch is not None
        watch(3, 10)
        assert threading.active_count() == before
