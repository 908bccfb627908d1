"""One build at a time in one folder."""

from __future__ import annotations

import errno
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from build_tools import offices, pipeline, rebuild
from build_tools.pipeline import Outcome
from build_tools.publish import lock
from build_tools.publish.lock import LOCK, alone_in
from tests.copies import run, sound_copy

ASKING = """
import sys
from pathlib import Path
from build_tools.publish import lock

class Waits(Exception):
    pass

def say(line):
    raise Waits

try:
    with lock.alone_in(Path(sys.argv[1]), say):
        print("free")
except Waits:
    print("held")
"""


def asked(root: Path) -> str:
    """Ask from another process."""
    command = [sys.executable, "-c", ASKING, str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def silent(line: str) -> None:
    raise AssertionError(line)


def test_within_itself_it_goes_on_holding(tmp_path: Path) -> None:
    assert asked(tmp_path) == "free"
    with alone_in(tmp_path, silent):
        with alone_in(tmp_path / ".", silent):
            assert asked(tmp_path) == "held"
        assert asked(tmp_path) == "held"
    assert asked(tmp_path) == "free"


def test_a_build_holds_it_whoever_calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = sound_copy(tmp_path / "built")
    seen: list[str] = []

    def build(*args: object) -> Outcome:
        seen.append(asked(root))
        return Outcome(())

    monkeypatch.setattr(pipeline, "build", build)
    rebuild.build(root, silent)
    assert seen == ["held"]


def test_a_release_is_packed_before_another_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = sound_copy(tmp_path / "released")
    seen: list[str] = []

    def pack(*args: object, **kwargs: object) -> tuple[()]:
        seen.append(asked(root))
        (root / "dist/release").mkdir(parents=True)
        return ()

    def build(*args: object) -> Outcome:
        return Outcome((), archive=root / "dist/edition.zip")

    monkeypatch.setattr(rebuild, "build", build)
    monkeypatch.setattr(offices, "pack_release", pack)
    assert run(root, "release") == 0
    assert seen == ["held"]


class Windows(ModuleType):
    """What Microsoft says of its locks: bytes from where a file stands, held until given back."""

    LK_NBLCK, LK_UNLCK = 2, 0

    def __init__(self) -> None:
        super().__init__("msvcrt")
        self.held = False
        self.done: list[str] = []

    def locking(self, handle: int, mode: int, count: int) -> None:
        assert count == 1
        if mode == self.LK_UNLCK:
            if not self.held:
                raise OSError(errno.EACCES, "not locked")
            self.held = False
            self.done.append("given back")
        elif self.held:
            raise OSError(errno.EACCES, "locking violation")
        else:
            self.held = True
            self.done.append("taken")


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> tuple[Any, Windows]:
    """Load the module as Windows would."""
    system = Windows()
    monkeypatch.setitem(sys.modules, "msvcrt", system)
    spec = importlib.util.spec_from_file_location("lock_of_windows", lock.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with monkeypatch.context() as there:
        there.setattr(sys, "platform", "win32")
        spec.loader.exec_module(module)
    return module, system


def test_on_windows_it_is_taken_once_and_given_back(
    windows: tuple[Any, Windows], tmp_path: Path
) -> None:
    module, system = windows
    with module.alone_in(tmp_path, silent), module.alone_in(tmp_path, silent):
        assert system.held
    assert system.done == ["taken", "given back"]
    assert (tmp_path / LOCK).read_bytes() == b""


def test_on_windows_one_waits_and_gives_back_only_what_is_its_own(
    windows: tuple[Any, Windows], tmp_path: Path
) -> None:
    module, system = windows
    system.held = True

    def waits(line: str) -> None:
        raise KeyboardInterrupt(line)

    with pytest.raises(KeyboardInterrupt, match="another build"), module.alone_in(tmp_path, waits):
        pass
    assert system.held
    assert not system.done
