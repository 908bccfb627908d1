"""A site made by several processes at once, each with a share of the pages.

Python runs one thread of a program at a time, so a second processor helps only a second process.
It is given its share, runs MkDocs over it, and gives back what MkDocs said.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from build_tools.model.spread import Watch
from build_tools.publish.driver import (
    Said,
    Settings,
    collected,
    environment,
    loaded,
    run,
    sentence_of,
)
from build_tools.publish.processes import collect_rarely, processors
from build_tools.publish.share import Share
from build_tools.publish.swap import undisturbed

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

WORTH = 1_500_000
"""Bytes of Markdown that are worth a further process: about two seconds of work."""

LEADING = 20
"""What is not a page, as files, the sitemap and the index, takes a twentieth of all work."""

CHILD = """
import pickle, signal, sys
# Ctrl-C reaches every process of a terminal; the first one ends this.
signal.signal(signal.SIGINT, signal.SIG_IGN)
job = pickle.load(sys.stdin.buffer)
sys.path[:] = job["path"]
from build_tools.publish.shards import child
sys.exit(child(job["job"]))
"""


@dataclass(frozen=True)
class Job:
    """What a process needs in order to make its share."""

    configuration: Path
    stage: Path
    site_url: str
    epoch: int
    settings: Settings | None
    unsearched: frozenset[str]
    share: Share


def shares(sizes: Mapping[str, int], kept: frozenset[str], leading: frozenset[str]) -> list[Share]:
    """Share pages out among processes, evenly by size; the first process leads.

    ``leading`` are pages that the leading process has to make: those that the publisher's own
    search reads, because there is one index.
    """
    count = max(1, min(processors(), sum(sizes.values()) // WORTH))
    own: list[list[str]] = [[] for _ in range(count)]
    load = [sum(sizes.values()) // LEADING, *[0] * (count - 1)]
    for page, size in sorted(sizes.items(), key=lambda pair: (-pair[1], pair[0])):
        place = 0 if page in leading else load.index(min(load))
        own[place].append(page)
        load[place] += size
    return [Share(kept, frozenset(pages), place == 0) for place, pages in enumerate(own)]


def make(
    job: Job, parts: Sequence[Share], config: MkDocsConfig, watch: Watch | None = None
) -> tuple[list[Said], str]:
    """Make all shares, the first in this process, which has the configuration open already.

    Give what was said, and how it failed.
    """
    children: list[subprocess.Popen[bytes]] = []
    try:
        with undisturbed():
            children.extend(_started(replace(job, share=part)) for part in parts[1:])
        said, failure = make_share(replace(job, share=parts[0]), config, watch)
        for one in children:
            assert one.stdout is not None
            out = one.stdout.read()
            answer = pickle.loads(out) if out else ([], "a process ended early")
            if isinstance(answer, OSError):
                raise answer
            more, its_failure = answer
            said += more
            failure = failure or its_failure
    finally:
        for one in children:
            one.kill()
            one.wait()
            if one.stdout is not None:
                one.stdout.close()
    return said, failure


def make_share(
    job: Job, config: MkDocsConfig | None = None, watch: Watch | None = None
) -> tuple[list[Said], str]:
    """Make one share; a failure is given as a sentence, a fault of the disk is raised."""
    with collected() as said, environment(job.epoch):
        try:
            if config is None:
                config = loaded(job.configuration, job.stage, job.site_url, job.settings)
            run(config, job.unsearched, job.share, watch)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - see `sentence_of`
            return said, sentence_of(error)
    return said, ""


def _started(job: Job) -> subprocess.Popen[bytes]:
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdin is not None
    # The path first, on its own: what is in the job can be read only with it.
    child.stdin.write(pickle.dumps({"path": sys.path, "job": pickle.dumps(job)}))
    child.stdin.close()
    return child


def child(data: bytes) -> int:
    """Make a share in a process of its own; what was said goes to the output."""
    collect_rarely()
    out, sys.stdout = sys.stdout.buffer, sys.stderr
    try:
        answer: object = make_share(pickle.loads(data))
    except OSError as error:
        answer = error
    out.write(pickle.dumps(answer))
    return 0
