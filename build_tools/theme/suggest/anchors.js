/* Without this script the page is complete; with it a passage chosen on the page is found in the
   base text and quoted so that the build finds it, once and only once.

   The rules are those of the build; their cases are tests/anchor-cases.json. Offsets count the
   units of the browser's strings; the build's count code points. */
{
  const own = window.editionDrafting;
  const { spaces, ignored, folds, unspaced } = own.data.folding;

  /* A letter of a script that divides words by spaces. */
  const code = point => "\\u{" + point.toString(16) + "}";
  const ranges = unspaced.map(range => range.map(code).join("-")).join("");
  const LETTER = new RegExp(`^(?![${ranges}])[\\p{L}\\p{M}\\p{N}]`, "u");
  const HALF = /[\ud800-\udbff]$/;

  /* --- Folding and finding */

  /* Folded text, and of each of its units where it stood. */
  const fold = text => {
    const starts = [];
    let folded = "", at = 0;
    for (const sign of text) {
      const is = spaces.includes(sign) ? " " : folds[sign] || sign;
      if (!ignored.includes(sign) && (is !== " " || (folded && !folded.endsWith(" ")))) {
        folded += is;
        for (let unit = 0; unit < is.length; unit += 1) starts.push(at + unit);
      }
      at += sign.length;
    }
    return { text: folded.replace(/ $/, ""), starts };
  };

  const cutsWord = (text, at) => {
    const before = text.slice(0, at), [last = ""] = [...before.slice(-2)].reverse();
    return HALF.test(before) || (LETTER.test(last) && LETTER.test(text.slice(at)));
  };

  const endsWith = (text, prefix = "") => {
    const words = fold(prefix).text, before = text.replace(/ $/, "");
    return !words || (before.endsWith(words) && !cutsWord(before, before.length - words.length));
  };

  const beginsWith = (text, suffix = "") => {
    const words = fold(suffix).text, after = text.replace(/^ /, "");
    return !words || (after.startsWith(words) && !cutsWord(after, words.length));
  };

  /* Every place in a text where the build would find a quotation; it takes one that has one place.
     The panel quotes words: points between words, and what is told of the others, are the build's. */
  const places = (base, { exact, prefix, suffix }) => {
    const { text, starts } = fold(base), words = fold(exact).text, found = [];
    for (let at = text.indexOf(words); words && at >= 0; at = text.indexOf(words, at + 1)) {
      const last = at + words.length, start = starts[at], end = starts[last - 1] + 1;
      if (endsWith(text.slice(0, at), prefix) && beginsWith(text.slice(last), suffix) &&
          !cutsWord(base, start) && !cutsWord(base, end)) {
        found.push({ start, end });
      }
    }
    return found;
  };

  /* --- Quoting */

  /* Widen a range to whole words, without spaces at its ends; null where nothing is left. */
  const snapped = (base, start, end) => {
    const none = spaces + ignored;
    while (start < end && none.includes(base[start])) start += 1;
    while (end > start && none.includes(base[end - 1])) end -= 1;
    if (start === end) return null;
    while (cutsWord(base, start)) start -= 1;
    while (cutsWord(base, end)) end += 1;
    return { start, end };
  };

  /* The shortest quotation that the build finds in this place and in no other. */
  const quotation = ({ id, base }, { start, end }) => {
    const before = base.slice(0, start).trim().split(" "), after = base.slice(end).trim().split(" ");
    const most = Math.max(before.length, after.length);
    for (let size = 0; size <= most; size += 1) {
      const prefix = size ? before.slice(-size).join(" ") : "", suffix = after.slice(0, size).join(" ");
      for (const context of [{ prefix }, { suffix }, { prefix, suffix }]) {
        const target = { block: id, exact: base.slice(start, end), ...context };
        const found = places(base, target);
        if (found.length === 1 && found[0].start === start) return target;
      }
    }
    return null;
  };

  /* --- The page: from what is seen to base text */

  const isSeen = node => node.parentElement.getClientRects().length > 0;

  /* The texts in a part of the page, in their order, without what is no text of the document. */
  const texts = node => node.nodeType === 3 ? [node]
    : node.matches("sup, .ed-said, .ed-pb, .ed-suggestion") ? []
      : [...node.childNodes].filter(one => one.nodeType !== 8).flatMap(texts);

  const pieces = part => texts(part).map(node => {
    const above = node.parentElement;
    const span = above.closest(".ed-wit, .ed-read, .ed-ab, .ed-ex, .ed-sup");
    const is = name => part.contains(span) && span.classList.contains(name);
    return {
      node,
      span,
      size: node.data.length,
      wit: is("ed-wit"),
      form: is("ed-ab"),
      read: is("ed-read"),
      ex: is("ed-ex"),
      /* Whether it is no letter of the base text, but read in the place of others. */
      other: is("ed-read") || is("ed-ex") || is("ed-sup"),
      /* Words that are not read for a reason of their own, and not because others are read. */
      dropped: above.closest(".ed-del, .ed-caret, .ed-wordbreak")
    };
  });

  /* Say of each piece for which range of base text it stands. Words that are read instead stand
     after the words of the witness, an expansion after the form. */
  const placed = found => {
    let at = 0;
    found.forEach((one, index) => {
      const before = found[index - 1];
      one.start = at;
      one.end = one.other ? at : at += one.size;
      if (one.other && before && before.other && before.span === one.span) {
        /* Supplied letters are set in italics: one expansion is several pieces. */
        Object.assign(one, { start: before.start, end: before.end });
      } else if (one.read || one.ex) {
        standsFor(one, found.slice(0, index).reverse());
      }
    });
    return found;
  };

  const standsFor = (one, before) => {
    const first = before.findIndex(other => one.read ? !other.read : !other.wit);
    const run = [];
    for (const other of first < 0 ? [] : before.slice(first)) {
      if (one.read ? other.wit && !other.dropped : other.form) run.push(other);
      else if (one.read || !run.length || !other.wit) break;
    }
    if (run.length) {
      one.start = Math.min(...run.map(other => other.start));
      one.end = Math.max(...run.map(other => other.end));
    }
  };

  const all = selector => [...document.querySelectorAll(selector)];

  /* The blocks of the document with their base texts, in the order in which they begin. */
  const blocks = () => {
    const found = new Map();
    for (const part of all(".ed-text .ed-block")) {
      const { block: id, kind } = part.dataset;
      if (!found.has(id)) found.set(id, { id, kind, parts: [] });
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
    let isSupplied = false;
    const found = blocks().flatMap(block => {
      const ranges = [...block.pieces, ...again(block)].flatMap(one => taken(one, range));
      const real = ranges.filter(one => one.start < one.end);
      isSupplied = isSupplied || ranges.length > real.length;
      const whole = real.length && snapped(block.base, Math.min(...real.map(one => one.start)),
        Math.max(...real.map(one => one.end)));
      return whole ? [{ block, ...whole }] : [];
    });
    return found.length === 1 ? found[0] : {
      why: found.length ? "A passage stays in one paragraph: select words of one only."
        : isSupplied ? "These words are supplied by the editors: select words of the document." : ""
    };
  };

  /* The pieces of a block that share letters with a range of base text. */
  const within = (block, { start, end }) =>
    block.pieces.filter(one => one.start < end && one.end > start);

  /* The range of the page that shows a range of base text, for lighting it. */
  const shown = (block, { start, end }) => {
    const seen = within(block, { start, end }).filter(one => isSeen(one.node));
    if (!seen.length) return null;
    const range = document.createRange(), first = seen[0], last = seen[seen.length - 1];
    range.setStart(first.node, first.other ? 0 : Math.max(0, start - first.start));
    range.setEnd(last.node, last.other ? last.size : Math.min(last.size, end - last.start));
    return range;
  };

  own.anchors = { places, snapped, quotation, blocks, chosen, within, shown };
}
