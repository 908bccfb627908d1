"""The build, stage by stage: it never writes sources, and writes nothing while an error stands.

read → bind → check → weave → render, draw → write pages → MkDocs → verify → swap
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from build_tools import proofs
from build_tools.author.demo import demo_files
from build_tools.bind import bind_edition
from build_tools.check import check_edition
from build_tools.images.pages import drawn_pages
from build_tools.model.bound import BoundDocument, BoundEdition
from build_tools.model.cascades import rank, without_cascades
from build_tools.model.outline import brings, outlines
from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.model.records import Document, EditionDescription, PageImage
from build_tools.model.search import SearchPage
from build_tools.model.spread import Bars, Spread, Watch, one_by_one
from build_tools.model.woven import WovenDocument, WovenEdition
from build_tools.publish.files import for_everybody, write_changed
from build_tools.publish.incremental import CONFIGURATION, seal
from build_tools.publish.offline import archive_name, build_offline, pack
from build_tools.publish.pages import Written, foreign_pages, write_pages, written_page
from build_tools.publish.preview import snapshot
from build_tools.publish.processes import over_processes
from build_tools.publish.scripts import smaller
from build_tools.publish.site import (
    Order,
    Site,
    build_site,
    epoch_of,
    no_configuration,
    stage_of,
)
from build_tools.publish.swap import recover, swap, undisturbed
from build_tools.publish.theme import TOOL, copy_theme, module_folders
from build_tools.read.edition import read_edition
from build_tools.read.remote import remote_address
from build_tools.read.tree import FolderTree, Tree
from build_tools.render import render_document, render_shared, textual_notes
from build_tools.render.citations import edition_data
from build_tools.render.document import Facsimile
from build_tools.render.search import (
    repeating_pages,
    searched_document,
    searched_lists,
    searched_registers,
)
from build_tools.verify.compare import verify_again, verify_site
from build_tools.verify.expected import ExpectedBlock, ExpectedDocument
from build_tools.verify.proved import Known
from build_tools.weave import passages_of, weave_document

WEB, OFFLINE = "site", "site-offline"
"""The finished sites, by the names of their folders."""

OF_A_PAGE = frozenset({"request-external", "link-broken", "link-unsafe"})
"""What may be wrong with a page that somebody wrote in Markdown under ``docs/``."""

Say = Callable[[str], None]
"""Tells the person at the keyboard what is being done."""


@dataclass(frozen=True)
class Made:
    """What the sites of a sound edition are made with, beside its pages.

    ``outlines`` are of records, by path: what of them the pages of others depend on. ``bringing``
    are documents with records that bring an author or a source for the whole edition.
    """

    description: EditionDescription
    searched: tuple[SearchPage, ...]
    unsearched: frozenset[str]
    expected: tuple[ExpectedDocument, ...]
    outlines: Mapping[str, str]
    bringing: frozenset[str]


@dataclass(frozen=True)
class Outcome:
    """What a command came to: problems, and what was written."""

    problems: tuple[Problem, ...]
    written: Written | None = None
    made: Made | None = None
    sites: tuple[Path, ...] = ()
    archive: Path | None = None
    is_closed: bool = False
    """Whether it is known what the sites were made of; see `incremental.is_closed`."""

    @property
    def is_sound(self) -> bool:
        """Whether no error stands; warnings may."""
        return not any(problem.is_error for problem in self.problems)


def in_order(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Sort problems by place, each once, causes before their consequences."""
    return tuple(
        sorted(dict.fromkeys(problems), key=lambda p: (rank(p), p.place, p.code, p.message))
    )


def bind_tree(
    tree: Tree, bars: Bars | None = None
) -> tuple[BoundEdition | None, tuple[Problem, ...]]:
    """Read, bind and check an edition; all problems of all stages in one run."""
    edition, problems = read_edition(tree, _spread_of(tree, bars and bars("Reading")))
    if edition is None:
        return None, in_order(problems)
    bound, faults = bind_edition(edition, bars and bars("Checking"))
    checked = check_edition(bound)
    return bound, in_order(without_cascades(problems, faults, checked))


def _spread_of(tree: Tree, watch: Watch | None = None) -> Spread:
    """Use all processors for a folder; a revision is read through one pipe from git."""
    return partial(over_processes, watch=watch) if isinstance(tree, FolderTree) else one_by_one


def check(root: Path, bars: Bars | None = None) -> Outcome:
    """Look for problems and write nothing."""
    return Outcome(bind_tree(FolderTree(root), bars)[1])


def make_pages(
    tree: Tree, bound: BoundEdition, bars: Bars | None = None
) -> tuple[Made, dict[str, bytes]]:
    """Weave and render a sound edition: every page and image by its path under ``docs/``."""
    edition, textual = bound.edition, textual_notes(bound)
    files = {name: tree.read(name) for name in tree.files() if _is_text(name)}

    def made(one: BoundDocument | None) -> _Part | dict[str, bytes]:
        if one is None:
            return render_shared(WovenEdition(bound, {}, passages_of(bound)), textual, files)
        shown, images = facsimiles(one, tree)
        woven = weave_document(one, edition)
        pages = render_document(woven, edition, textual, shown, files)
        return _Part(
            {**pages, **images},
            searched_document(woven, edition),
            _expected(woven),
            outlines(one.document),
        )

    # The registers take as long as many documents: they are begun first, among the others.
    spread = _spread_of(tree, bars and bars("Weaving"))
    results = spread(made, [None, *bound.documents.values()])
    parts = [one for one in results if isinstance(one, _Part)]
    pages = {
        path: data
        for one in results
        for path, data in (one.pages if isinstance(one, _Part) else one).items()
    }
    searched = (
        *(part.searched for part in parts),
        *searched_registers(edition),
        *searched_lists(bound, files),
    )
    return Made(
        edition.description,
        searched,
        repeating_pages(bound),
        tuple(part.expected for part in parts),
        {path: one for part in parts for path, one in part.outlines.items()},
        frozenset(one.id for one in edition.documents.values() if brings(one)),
    ), pages


@dataclass(frozen=True)
class _Part:
    """What is made of one document."""

    pages: Mapping[str, bytes]
    searched: SearchPage
    expected: ExpectedDocument
    outlines: Mapping[str, str]


def _is_text(name: str) -> bool:
    """Whether a file under ``edition/`` is the source of a text: the page of proof hashes it."""
    return name.startswith("edition/documents/") and name.endswith(".txt")


def facsimiles(bound: BoundDocument, tree: Tree) -> tuple[dict[str, Facsimile], dict[str, bytes]]:
    """Draw or copy the page images of a document: how they are shown, and the files by path."""
    document = bound.document
    images: dict[str, bytes] = {}
    folder = f"edition/{document.id}"
    title, basis = document.description.title, document.description.basis
    keeps_lines = document.description.lines == "paper"
    conjectural = (
        "placement is conjectural" if keeps_lines else "line breaks and placement are conjectural"
    )
    shown: dict[str, Facsimile] = {}
    blocks = {name: one.block for name, one in bound.blocks.items()}
    for n, drawing in drawn_pages(document, blocks).items():
        file = f"page-{n}.svg"
        images[f"{folder}/{file}"] = drawing.data
        shown[n] = Facsimile(
            file,
            drawing.width,
            drawing.height,
            f"Page {n} of {title}, drawn from the transcription ({basis}); not a photograph",
            f"Page {n}, drawn from the transcription ({basis}). Not a photograph: "
            f"no image of the page is at hand; {conjectural}.",
        )
    for page in document.description.pages:
        if page.image:
            shown[page.n] = _photograph(page, document, tree, images)
    return shown, images


def _photograph(
    page: PageImage, document: Document, tree: Tree, images: dict[str, bytes]
) -> Facsimile:
    file = Path(page.image).name
    images[f"edition/{document.id}/{file}"] = tree.read(
        f"edition/documents/{document.id}/{page.image}"
    )
    words = f"Page {page.n} of {document.description.title}"
    return Facsimile(file, 0, 0, words, f"Page {page.n}.")


@dataclass(frozen=True)
class Asked:
    """What a build asks of git, once: the address of the clone, and the date of the edition."""

    clone: str
    epoch: int


def ask(root: Path) -> Asked:
    """Ask it."""
    return Asked(remote_address(root), epoch_of(root))


def pages(
    root: Path,
    say: Say = lambda line: None,
    asked: Asked | None = None,
    bars: Bars | None = None,
) -> Outcome:
    """Write the Markdown pages into ``docs/edition/``."""
    tree = FolderTree(root)
    bound, problems = bind_tree(tree, bars)
    outcome = Outcome(problems)
    if bound is None or not outcome.is_sound:
        return outcome
    bound = _with_repository(bound, say, asked.clone if asked else remote_address(root))
    made, pages = make_pages(tree, bound, bars)
    docs = root / "docs"
    foreign = foreign_pages(docs, pages)
    if foreign:
        return Outcome((*problems, *foreign))
    with undisturbed():
        copy_theme(root, said=edition_data(bound.edition))
        written = write_pages(docs, pages)
    if smaller(module_folders(root)) is None:
        say("Node.js or terser is missing: scripts are published as they were written")
    return Outcome(problems, written, made)


def _with_repository(bound: BoundEdition, say: Say, address: str) -> BoundEdition:
    """Say where the files are kept: as edition.yml does, else as the clone does."""
    description = bound.edition.description
    if description.repository or not address:
        return bound
    say(f"edition.yml names no repository; notes are proposed at that of the clone, {address}")
    description = replace(description, repository=address)
    return replace(bound, edition=replace(bound.edition, description=description))


def build(
    root: Path,
    say: Say,
    names: Sequence[str] = (WEB,),
    bars: Bars | None = None,
    asked: Asked | None = None,
) -> Outcome:
    """Make sites: pages, MkDocs, proof, and only then the swap into ``site/``, ``site-offline/``.

    Where one of them is not sound, none is replaced.
    """
    if not (root / CONFIGURATION).is_file():
        return Outcome(in_order([*check(root, bars).problems, no_configuration()]))
    asked = asked or ask(root)
    outcome = pages(root, say, asked, bars)
    return publish(root, outcome, say, names, asked, bars) if outcome.made else outcome


@for_everybody()
def publish(
    root: Path,
    outcome: Outcome,
    say: Say,
    names: Sequence[str],
    asked: Asked,
    bars: Bars | None = None,
) -> Outcome:
    """Make sites from pages that are written."""
    made = outcome.made
    assert made is not None
    assert outcome.written is not None
    say(f"{len(outcome.written.written)} of {_total(outcome.written)} pages written")
    faults: list[Problem] = []
    closed = True
    proved: dict[str, Known] = {}
    for name in names:
        recover(root / name)
        order = Order(
            asked.epoch,
            made.description.site_url,
            made.searched,
            made.unsearched,
            watch=bars and bars("Setting pages"),
        )
        site, known = _staged(root, order, made, say, name, bars)
        if known is not None:
            proved[name] = known
        faults += site.problems
        closed = closed and site.is_closed
    archive = archive_of(root, made.description) if OFFLINE in names else None
    packed = stage_of(root, "dist") / archive.name if archive else None
    if packed and not faults:
        say(f"{OFFLINE}/ is packed and the packet read back")
        faults += pack(stage_of(root, OFFLINE), packed, epoch=asked.epoch)
    with undisturbed():
        for name in names:
            if not faults:
                faults += swap(stage_of(root, name), root / name)
                seal(root, name)
        if packed and archive and not faults:
            archive.parent.mkdir(parents=True, exist_ok=True)
            packed.replace(archive)
        elif packed:
            packed.unlink(missing_ok=True)
    # The site stands now; what is for the next build can be written while somebody reads it.
    for name, known in proved.items():
        proofs.keep(root, name, known)
    problems = in_order([*outcome.problems, *faults])
    sites = () if faults else tuple(root / name for name in names)
    archive = None if faults else archive
    return Outcome(problems, outcome.written, made, sites, archive, closed)


def _total(written: Written) -> int:
    return len(written.written) + len(written.kept)


def _staged(
    root: Path, order: Order, made: Made, say: Say, name: str, bars: Bars | None
) -> tuple[Site, Known | None]:
    """Make one site in its stage and prove it there; give also what is known then, if it was made.

    Files that stay from a site that was proved are not read again.
    """
    stage = stage_of(root, name)
    make = build_offline if name == OFFLINE else build_site
    site = make(root, stage, order)
    if site.problems:
        return site, None
    say(f"MkDocs has made {name}/; now its texts are read back and compared with their sources")
    known = proofs.recall(root, name)
    problems, known = verify_again(stage, made.expected, known, _proving(bars))
    placed = tuple(_placed(problem, root, stage) for problem in problems)
    return replace(site, problems=placed), known


def archive_of(root: Path, described: EditionDescription) -> Path:
    """Give the place of the zip."""
    return root / "dist" / f"{archive_name(described.title, described.version)}.zip"


def _proving(bars: Bars | None) -> Spread:
    return partial(over_processes, watch=bars and bars("Reading back"))


def _verified(
    root: Path, site: Path, texts: Sequence[ExpectedDocument], bars: Bars | None
) -> tuple[Problem, ...]:
    """Verify a finished site; what is wrong with one of its files is told with its folder."""
    return tuple(
        _placed(problem, root, site) for problem in verify_site(site, texts, _proving(bars))
    )


def _placed(problem: Problem, root: Path, site: Path) -> Problem:
    file, hint = problem.place.file, problem.hint
    source = written_page(root / "docs", file) if problem.code in OF_A_PAGE else None
    if source is not None:
        made = f"the page is made from {source.relative_to(root).as_posix()}"
        hint = f"{made}; {hint}" if hint else made
    place = replace(problem.place, file=_in_site(file, root, site))
    return replace(problem, place=place, hint=hint)


def _in_site(file: str, root: Path, site: Path) -> str:
    is_of_site = not (root / file).is_file() and site.is_relative_to(root)
    return (site / file).relative_to(root).as_posix() if is_of_site else file


def verify(root: Path, bars: Bars | None = None) -> Outcome:
    """Read the texts back from every finished site and compare them with the sources."""
    bound, problems = bind_tree(FolderTree(root), bars)
    if bound is None or not Outcome(problems).is_sound:
        return Outcome(problems)
    sites = tuple(root / name for name in (WEB, OFFLINE) if (root / name).is_dir())
    if not sites:
        return Outcome(in_order([*problems, _no_site()]))
    texts = expected(bound)
    found = [problem for site in sites for problem in _verified(root, site, texts, bars)]
    return Outcome(in_order([*problems, *found]), sites=sites)


def _no_site() -> Problem:
    return Problem(
        "file-missing",
        Place(f"{WEB}/index.html"),
        "there is no finished site to look at",
        "make one: edition build",
    )


def expected(bound: BoundEdition) -> tuple[ExpectedDocument, ...]:
    """Say what each document's page must show."""
    documents = list(bound.documents.values())
    return tuple(
        over_processes(lambda one: _expected(weave_document(one, bound.edition)), documents)
    )


def _expected(woven: WovenDocument) -> ExpectedDocument:
    document = woven.bound.document
    description = document.description
    basis = next(w for w in description.witnesses if w.siglum == description.basis)
    folder = f"edition/documents/{document.id}"
    return ExpectedDocument(
        document.id,
        f"edition/{document.id}/index.html",
        f"{folder}/transcription.txt",
        f"{folder}/{basis.file}" if basis.file else "",
        document.witness_texts.get(description.basis),
        description.notation,
        tuple(
            ExpectedBlock(
                name,
                block.bound.block.base,
                block.bound.reading.text,
                block.bound.expanded,
                block.bound.block.place,
                block.shown,
            )
            for name, block in woven.blocks.items()
        ),
    )


def sources(root: Path) -> Mapping[Path, tuple[int, int]]:
    """Return the state of everything a build reads, without what it writes itself."""
    docs = root / "docs"
    return snapshot((root / "edition", docs, root / "mkdocs.yml"), without=docs / "edition")


def demonstration(folder: Path, documents: int) -> int:
    """Write the demonstration edition; give the number of its files."""
    files = demo_files(documents, (TOOL / CONFIGURATION).read_text(encoding="utf-8"))
    for name, data in files.items():
        write_changed(folder / name, data)
    return len(files)
