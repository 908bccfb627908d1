/* Without this script the page is complete; with it the panel shows how the words of a draft will
   be printed: the small set of Markdown that is allowed, and what of it is not.

   The rules are those of the check; their cases are tests/prose-cases.json. */

/* Make an element: "p.name" has the class name. What people write is put in as text, never as
   markup. */
const h = (what, attributes, ...content) => {
  const [name, className] = what.split("."), made = document.createElement(name);
  if (className) made.className = className;
  for (const key in attributes) {
    if (key in made) made[key] = attributes[key];
    else made.setAttribute(key, attributes[key]);
  }
  made.append(...content.flat());
  return made;
};

/* Lines that begin something that notes do not have; the last one only after words. */
const NO_LINES = [
  [/^ {0,3}#{1,6}(\s|$)/, "a heading"],
  [/^ {0,3}(`{3}|~{3})/, "code"],
  [/^ {0,3}([-*_])( *\1){2,} *$/, "a rule"],
  [/^(?=.*-)(?=.*[:|])[ :|-]+$/, "a table"],
  [/^ {0,3}(-+|=+) *$/, "a heading", "p"]
];
const DEFINITION = /^\s*\[(?![@^])[^[\]]+\]:/;
const ITEM = /^( {0,3}(?:([-*+])|(\d{1,9})[.)])(?: {1,4}(?! )| |$))(.*)$/;
const QUOTE = /^ {0,3}> ?(.*)$/;
const isList = kind => kind.endsWith("l");
/* Words between backticks, of which there are as many after them as before. */
const CODE = /\\.|(`+)(?:([^`](?:[^]*?[^`])?)\1(?!`))?/g;

/* What stands in a line: in this order an escaped sign, a citation, a link, an id without its
   brackets, emphasis (an underscore inside a word is a letter like others), signs that begin nothing
   here. */
const SIGNS = new RegExp([
  /\\(?<sign>[!-/:-@[-`{-~])/,
  /\[@(?<cited>[^[\]]*)\]/,
  /\[(?!@)(?<words>(?:\\.|[^[\]\\])*)\]\((?<href>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)/,
  /(?<![\w.])(?<bare>@[a-z][a-z0-9]*(?:-[a-z0-9]+)+)/,
  /(?<mark>\*\*?|(?<![\p{L}\p{N}])__?)(?=\S)(?<strong>[^]*?[^\s*_])\k<mark>(?![*_]|(?<=_)[\p{L}\p{N}])/u,
  /(?<image>!\[)[^\]]*\]\(|(?<bad>\]\(|\[[@^]|\*\[|&#|\{|<)/
].map(one => one.source).join("|"), "u");
const WHY = {
  "<": "a note has no HTML", "[^": "a note has no notes", "[@": "a citation ends with ]",
  "![": "a note has no image", "](": "the address of a link has no spaces and ends with )"
};
const CITATION = /^([a-z][a-z0-9-]*)(?:,\s*([^<{@]*[^<{@\s])\s*)?$/;
const WEB = /^(https?:\/\/[^\s/@"<>\\^`{|}]+[^\s"<>\\^`{|}]*|mailto:[^\s@:/?]+@[^\s@:/?]+)$/;

/* What a source is called, of the edition or of those that a draft brings. */
const called = (id, sources) => {
  const [, short, title] = data.sources.find(one => one[0] === id) || [];
  return short || title || sources.find(one => one.id === id)?.fresh?.["title-short"];
};

/* The note of this page that has an id. */
const noteOf = id => document.getElementById(`fn:${id}`) || document.getElementById(`tn:${id}`);

/* Whether a link names something of the edition. Of another document the page knows no more than
   that there is one: null. */
const names = (href, sources) => {
  const [, kind, name, id] = /^(note|block):(.+)#([a-z][a-z0-9-]*)$/.exec(href) || [];
  return data.links.includes(href) || (href.startsWith("source:") && called(href.slice(7), sources)) ||
    (data.documents.includes(name) && (document.querySelector(`[data-document="${name}"]`)
      ? (kind === "note" ? noteOf(id) : all(`[data-block="${id}"]`)[0]) || false : null));
};

/* The nodes that show a text, and what is wrong with it. */
const prose = (text, sources) => {
  const faults = new Set(), tell = message => faults.add(message);
  const refuse = (words, what) =>
    tell(`“${words.trim()}” would be ${what}: begin it at the margin, with a \\.`);

  const cited = words => {
    const [, id, locator] = CITATION.exec(words) || [], name = called(id, sources);
    if (!id) tell(`[@${words}] is not a citation: write [@source-id] or [@source-id, p. 3].`);
    else if (!name) tell(`There is no source “${id}”: choose or add it below.`);
    return h("cite", {}, `(${name || words}${name && locator ? ", " + locator : ""})`);
  };

  const link = (words, href) => {
    if (!words.length) tell("A link has no words.");
    if (WEB.test(href)) return h("a", { href, target: "_blank", rel: "noopener" }, words);
    const is = names(href, sources);
    if (!is && is !== null) tell(`“${href}” leads nowhere: write https://…, or what is in this edition.`);
    return h("u", {}, words, is === null ? h("cite", {}, " [the check tells whether it is there]") : "");
  };

  const spans = text => {
    const found = SIGNS.exec(text);
    if (!found) return text ? [text] : [];
    const { sign, cited: source, words, href, bare, mark, strong, image, bad } = found.groups;
    const begins = image || bad, why = WHY[begins];
    if (bare) tell(`${bare} is no citation: write [${bare}], or \\@ for the sign.`);
    if (begins) tell(`${begins} begins no markup here${why ? ": " + why : ""}. Write \\${begins} for the sign.`);
    return [
      text.slice(0, found.index),
      sign || (source !== undefined ? cited(source) : href !== undefined ? link(spans(words), href)
        : mark ? h(mark[1] ? "strong" : "em", {}, spans(strong)) : found[0]),
      ...spans(text.slice(found.index + found[0].length))
    ].filter(one => one !== "");
  };

  const paragraph = words => {
    if (DEFINITION.test(words)) refuse(words, "the definition of a link");
    for (const [code, , isCode] of words.matchAll(CODE)) {
      if (isCode) tell(`${code} would be code: write \\\` for the sign.`);
    }
    return h("p", {}, spans(words));
  };

  const blocks = (lines, depth) => {
    const found = [];
    /* What is being read: its kind, and its lines; of a list those of each item. */
    let kind = "", items = [], sign = "", width = 0;
    const end = () => {
      const made = items.map(item => kind === "p" ? paragraph(item.join(" "))
        : h(isList(kind) ? "li" : kind, {}, blocks(item, depth + 1)));
      found.push(...isList(kind) ? [h(kind, {}, made)] : made);
      kind = "";
      items = [];
    };
    const go = (next, words) => {
      if (next !== kind) end();
      if (next !== kind || isList(next)) items.push([]);
      kind = next;
      items.at(-1).push(words);
    };
    if (depth > 4) tell("Too many quotations stand in one another.");
    for (const one of lines) {
      const [, marker, bullet, number, words] = ITEM.exec(one) || [], quote = QUOTE.exec(one);
      const item = items.at(-1);
      /* A list goes on where its item does; one that began with nothing ends at a blank line. */
      if (isList(kind) && !one.slice(0, width).trim() && (one || item.join(""))) {
        item.push(one.slice(width));
        continue;
      }
      if (!one) {
        end();
        continue;
      }
      const no = NO_LINES.find(([line, , after]) => line.test(one) && (!after || after === kind));
      if (no) refuse(one, no[1]);
      if (quote) {
        go("blockquote", quote[1]);
      } else if (marker && (kind !== "p" || (words && (bullet || +number === 1)))) {
        /* A list goes on with the sign that it began with. */
        const is = bullet || marker.trim().slice(-1);
        if (number && +number !== 1 && (kind !== "ol" || is !== sign)) {
          tell(`A list begins with 1: write ${number}\\. in a sentence.`);
        }
        sign = is;
        width = words ? marker.length : marker.trimEnd().length + 1;
        go(number ? "ol" : "ul", words);
      } else if (kind !== "p" && item?.at(-1)) {
        /* Words that go on with a paragraph need not stand where it stands. */
        item.push(" ".repeat(99) + one.trim());
      } else {
        if (kind !== "p" && /^ {4}/.test(one)) refuse(one, "code");
        go("p", one.trim());
      }
    }
    end();
    return found;
  };

  if (!text.trim()) tell("Write it: a few sentences.");
  /* A tab leads to the next column that four divides. */
  const lines = text.trimEnd().split(/\s*?\n/).map(one => one.split("\t").reduce((before, after) =>
    before + " ".repeat(4 - before.length % 4) + after));
  return { nodes: blocks(lines, 0), faults: [...faults] };
};

/* The words that the check reads: those of paragraphs, without citations. */
const plain = node => node.nodeType === 3 ? node.data
  : node.localName === "cite" ? "" : [...node.childNodes].map(plain).join("");
