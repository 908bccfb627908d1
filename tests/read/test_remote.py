"""The address of the forge, read off the remote of a clone."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from build_tools.read.remote import remote_address, web_address

ADDRESSES = {
    "https://github.com/owner/letters.git": "https://github.com/owner/letters",
    "https://github.com/owner/letters/": "https://github.com/owner/letters",
    "https://reader:secret@github.com/owner/letters.git": "https://github.com/owner/letters",
    "https://secret@GitHub.com/owner/Letters": "https://github.com/owner/Letters",
    "git@github.com:owner/letters.git": "https://github.com/owner/letters",
    "github.com:owner/letters": "https://github.com/owner/letters",
    "ssh://git@codeberg.org/owner/letters.git": "https://codeberg.org/owner/letters",
    "ssh://git@git.example.org:2222/owner/letters": "https://git.example.org/owner/letters",
    "ssh://git@ssh.github.com:443/owner/letters.git": "https://github.com/owner/letters",
    "git://git.example.org/owner/letters.git": "https://git.example.org/owner/letters",
    "http://git.example.org:3000/owner/letters.git": "http://git.example.org:3000/owner/letters",
    "https://gitlab.com/group/sub/letters.git": "https://gitlab.com/group/sub/letters",
    "https://github.com/owner/letters?token=secret#x": "https://github.com/owner/letters",
    "/srv/git/letters.git": "",
    "../letters": "",
    "C:/git/letters": "",
    "C:\\git\\letters": "",
    "file:///srv/git/letters.git": "",
    "git@work:owner/letters.git": "",
    "https://github.com/": "",
    "https://github.com:letters/owner": "",
    "https://exa<mple.org/owner/letters": "",
    "https://github.com/owner/<b>": "",
    "javascript:alert(1)/b": "",
    "": "",
}


@pytest.mark.parametrize("remote", ADDRESSES)
def test_an_address_of_the_web_without_what_is_somebodys_own(remote: str) -> None:
    assert web_address(remote) == ADDRESSES[remote]


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *arguments], check=True)


def test_of_a_clone_and_not_of_a_folder_in_another(tmp_path: Path) -> None:
    assert remote_address(tmp_path) == ""
    git(tmp_path, "init", "-q")
    assert remote_address(tmp_path) == ""
    git(tmp_path, "remote", "add", "origin", "git@github.com:owner/letters.git")
    assert remote_address(tmp_path) == "https://github.com/owner/letters"
    (tmp_path / "letters").mkdir()
    assert remote_address(tmp_path / "letters") == ""
    assert remote_address(tmp_path / "nothing") == ""
