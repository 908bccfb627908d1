/* Without this script the page is complete; with it a passage chosen on the page is found in the
   base text and quoted so that the build finds it, once and only once.

   The rules are those of the build; their cases are tests/anchor-cases.json. Offsets count the
   units of the browser's strings; the build's count code points. */
const own = window.editionDrafting, { data } = own, { spaces, ignored, folds, unspaced } = data.folding;

/* A place within a word, of a script that divides words by spaces. */
const LETTER = `(?![${unspaced}])[\\p{L}\\p{M}\\p{N}]`;
const WITHIN = new RegExp(`(?<=${LETTER})(?=${LETTER})`, "uy");

/* --- Folding and finding */

/* Folded text, and of each of its units where it stood. */
const fold = (text = "") => {
  const starts = [];
  let folded = "";
  text.split("").forEach((sign, at) => {
    const is = spaces.includes(sign) ? " " : folds[sign] || sign;
    if (!ignored.includes(sign) && (is !== " " || (folded && !folded.endsWith(" ")))) {
      folded += is;
      starts.push(at);
    }
  });
  return { text: folded.replace(/ $/, ""), starts };
};

/* Within a sign of two units is within a word, too. */
const cutsWord = (text, at) => {
  WITHIN.lastIndex = at;
  return text.codePointAt(at - 1) > 0xffff || WITHIN.test(text);
};

/* Every place in a text where the build would find a quotation; it takes one that has one place.
   The panel quotes words: points between words, and what is told of the others, are the build's. */
const places = (base, { exact, prefix, suffix }) => {
  const { text, starts } = fold(base), found = [];
  const [words, before, after] = [exact, prefix, suffix].map(one => fold(one).text);
  for (let at = text.indexOf(words); words && at >= 0; at = text.indexOf(words, at + 1)) {
    const last = at + words.length, start = starts[at], end = starts[last - 1] + 1;
    const from = at - (text[at - 1] === " ") - before.length, to = last + (text[last] === " ");
    if (from >= 0 && text.startsWith(before, from) && text.startsWith(after, to) &&
        !(before && cutsWord(text, from)) && !(after && cutsWord(text, to + after.length)) &&
        !cutsWord(base, start) && !cutsWord(base, end)) {
      found.push({ start, end });
    }
  }
  return found;
};

/* --- Quoting */

/* Widen a range to whole words, without spaces at its ends; null where nothing is left. */
const snapped = (base, { start, end }) => {
  const none = spaces + ignored;
  while (start < end && none.includes(base[start])) start += 1;
  while (end > start && none.includes(base[end - 1])) end -= 1;
  if (start === end) return null;
  while (cutsWord(base, start)) start -= 1;
  while (cutsWord(base, end)) end += 1;
  return { start, end };
};

/* The shortest quotation that the build finds in this place and in no other: with all words of the
   block around it there is always one. */
const quotation = ({ id, base }, { start, end }) => {
  const before = base.slice(0, start).trim().split(" "), after = base.slice(end).trim().split(" ");
  for (let size = 0; size <= before.length + after.length; size += 1) {
    const prefix = size ? before.slice(-size).join(" ") : "", suffix = after.slice(0, size).join(" ");
    for (const context of [{ prefix }, { suffix }, { prefix, suffix }]) {
      const target = { block: id, exact: base.slice(start, end), ...context };
      const found = places(base, target);
      if (found.length === 1 && found[0].start === start) return target;
    }
  }
};

/* --- The page: from what is seen to base text */

const all = selector => [...document.querySelectorAll(selector)];

const isSeen = node => node.parentElement.getClientRects().length > 0;

/* The texts in a part of the page, in their order, without what is no text of the document. */
const texts = node => node.nodeType === 3 ? node
  : node.nodeType !== 1 || node.matches("sup, .ed-said, .ed-pb, .ed-suggestion") ? []
    : [...node.childNodes].flatMap(texts);

const pieces = part => texts(part).map(node => {
  const above = node.parentElement;
  const span = above.closest(".ed-wit, .ed-read, .ed-ab, .ed-ex, .ed-sup");
  const is = name => part.contains(span) && span.classList.contains(`ed-${name}`);
  const read = is("read"), ex = is("ex");
  return {
    node,
    span,
    size: node.data.length,
    wit: is("wit"),
    form: is("ab"),
    read,
    ex,
    /* Whether it is no letter of the base text, but read in the place of others. */
    other: read || ex || is("sup"),
    /* Words that are not read for a reason of their own, and not because others are read. */
    dropped: above.closest(".ed-del, .ed-caret, .ed-wordbreak")
  };
});

/* From where the first of some ranges begins to where the last one ends. */
const around = ranges => ({
  start: Math.min(...ranges.map(one => one.start)), end: Math.max(...ranges.map(one => one.end))
});

/* Say of each piece for which range of base text it stands. Words that are read instead stand
   after the words of the witness, an expansion after the form. */
const placed = found => {
  let at = 0;
  found.forEach((one, index) => {
    const earlier = found.slice(0, index).reverse(), [before] = earlier;
    one.start = at;
    one.end = one.other ? at : at += one.size;
    /* Supplied letters are set in italics: one expansion is several pieces. */
    const isAgain = one.other && before?.span === one.span;
    const run = isAgain ? [before] : standsFor(one, earlier);
    if (run.length) Object.assign(one, around(run));
  });
  return found;
};

/* The pieces before it in whose place a piece is read. */
const standsFor = (one, before) => {
  const run = [];
  for (const other of one.read || one.ex ? before : []) {
    if (one.read ? other.wit && !other.dropped : other.form) run.push(other);
    else if (one.read ? run.length || !other.read : !other.wit) break;
  }
  return run;
};

/* The blocks of the document with their base texts, in the order in which they begin. */
const readBlocks = () => {
  const found = new Map();
  for (const part of all(".ed-text .ed-block")) {
    const { block: id } = part.dataset;
    if (!found.has(id)) found.set(id, { id, parts: [] });
    found.get(id).parts.push(part);
  }
  return [...found.values()].map(block => {
    block.parts.sort((one, other) => one.dataset.frag - other.dataset.frag);
    block.pieces = placed(block.parts.flatMap(pieces));
    block.base = block.pieces.map(one => one.other ? "" : one.node.data).join("");
    return block;
  });
};

/* The table of the form shows reading texts again: its letters are those of the fields. */
const again = block => {
  const letters = block.pieces.filter(one => !one.wit).flatMap(one =>
    one.node.data.split("").map((_, index) =>
      one.other ? one : { start: one.start + index, end: one.start + index + 1 }));
  return all(`td[data-copy="${block.id}"]`).flatMap(cell => {
    let at = 0;
    return pieces(cell).map(one => ({ ...one, letters: letters.slice(at, at += one.size) }));
  });
};

/* The ranges of base text of which a piece shows letters in a range of the page. */
const taken = (one, range) => {
  const { node } = one;
  if (!range.intersectsNode(node) || !isSeen(node)) return [];
  const from = range.startContainer === node ? range.startOffset : 0;
  const to = range.endContainer === node ? range.endOffset : one.size;
  if (from >= to) return [];
  return one.letters ? one.letters.slice(from, to)
    : [one.other ? one : { start: one.start + from, end: one.start + to }];
};

/* The passage of base text that a selection means: {block, start, end}, or {why} there is none. */
const chosen = range => {
  const found = blocks.flatMap(block => {
    const ranges = [...block.pieces, ...again(block)].flatMap(one => taken(one, range))
      .filter(one => one.start < one.end);
    const whole = ranges.length && snapped(block.base, around(ranges));
    return whole ? [{ block, ...whole }] : [];
  });
  return found.length === 1 ? found[0] : {
    why: found.length ? "A passage stays in one paragraph: select words of one only."
      : "These words are supplied by the editors: select words of the document."
  };
};

/* The pieces of a block that share letters with a range of base text. */
const within = (block, { start, end }) =>
  block.pieces.filter(one => one.start < end && one.end > start);

/* The range of the page that shows a range of base text, for lighting it. */
const shown = (block, { start, end }) => {
  const seen = within(block, { start, end }).filter(one => isSeen(one.node));
  if (!seen.length) return null;
  const range = document.createRange(), first = seen[0], last = seen.at(-1);
  range.setStart(first.node, first.other ? 0 : Math.max(0, start - first.start));
  range.setEnd(last.node, last.other ? last.size : Math.min(last.size, end - last.start));
  return range;
};
