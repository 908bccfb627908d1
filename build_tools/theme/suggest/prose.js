/* Without this script the page is complete; with it the panel shows how the words of a draft will
   be printed: the small set of Markdown that is allowed, and what of it is not. */
{
  const own = window.editionDrafting, { data } = own;

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

  /* Lines that begin something that notes do not have. */
  const REFUSED = [
    [/^ {0,3}#{1,6}(\s|$)/, "a heading"],
    [/^ {0,3}(`{3}|~{3})/, "code"],
    [/^ {0,3}(([-*_])( *\2){2,}|-+|=+) *$/, "a rule or a heading"],
    [/^ {0,3}\|?( *:?-+:? *\|)+[ :|-]*$/, "a table"],
    [/^[ >*+\d.)-]*\t/, "code"]
  ];
  const DEFINITION = /^\s*\[(?![@^])[^[\]]+\]:/, INDENTED = /^ {4}\s*\S/;
  const ITEM = /^ {0,3}([-*+]|(\d{1,9})[.)])(?:[ \t](.*)|)$/;
  const QUOTE = /^ {0,3}> ?(.*)$/;

  /* What stands in a line: in this order an escaped sign, a citation, a link, an id without its
     brackets, emphasis, signs that begin nothing here. */
  const SIGNS = new RegExp([
    /\\(?<sign>[!-/:-@[-`{-~])/,
    /\[@(?<cited>[^[\]]*)\]/,
    /\[(?!@)(?<words>(?:\\.|[^[\]\\])*)\]\((?<href>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)/,
    /(?<bare>@[a-z][a-z0-9]*(?:-[a-z0-9]+)+)/,
    /(?<mark>\*\*|__|\*|_)(?=\S)(?<strong>[^]*?[^\s*_])\k<mark>(?![*_])/,
    /(?<image>!\[)[^\]]*\]\(|(?<bad>`|\]\(|\[[@^]|\*\[|&#|\{|<)/
  ].map(one => one.source).join("|"));
  const WHY = {
    "<": "a note has no HTML", "[^": "a note has no notes", "[@": "a citation ends with ]",
    "![": "a note has no image", "`": "a note has no code",
    "](": "the address of a link has no spaces and ends with )"
  };
  const CITATION = /^([a-z][a-z0-9-]*)(?:,\s*([^<{@]*[^<{@\s])\s*)?$/;
  const NAMED = /^([a-z]+):([a-z][a-z0-9-]*#)?[a-z][a-z0-9-]*$/;
  const WEB = /^(https?:\/\/[^\s/@"<>\\^`{|}]+[^\s"<>\\^`{|}]*|mailto:[^\s@:/?]+@[^\s@:/?]+)$/;
  const JOINED = /[\w.]$/, LETTER_LAST = /[\p{L}\p{N}]$/u, LETTER_FIRST = /^[\p{L}\p{N}]/u;

  /* What a source is called, of the edition or of those that a draft brings. */
  const called = (id, sources) => {
    const [, short, title] = data.sources.find(one => one[0] === id) || [];
    const { fresh } = sources.find(one => one.id === id) || {};
    return short || title || (fresh && fresh["title-short"]);
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
      const [, kind, within] = NAMED.exec(href) || [];
      if (!words.length) tell("A link has no words.");
      if (WEB.test(href)) return h("a", { href, target: "_blank", rel: "noopener" }, words);
      if (!data.links.includes(kind) || !within !== (kind !== "note" && kind !== "block")) {
        tell(`“${href}” is not the address of a link: it begins with https://.`);
      }
      return h("u", {}, words);
    };

    const spans = text => {
      const found = SIGNS.exec(text);
      if (!found) return text ? [text] : [];
      const { sign, cited: source, words, href, bare, mark, strong, image, bad } = found.groups;
      const before = text.slice(0, found.index);
      let after = text.slice(found.index + found[0].length), is = found[0];
      if (sign) {
        is = sign;
      } else if (source !== undefined) {
        is = cited(source);
      } else if (href !== undefined) {
        is = link(spans(words), href);
      } else if (mark) {
        /* An underscore inside a word is a letter like others. */
        if (mark[0] === "_" && (LETTER_LAST.test(before) || LETTER_FIRST.test(after))) {
          is = mark;
          after = text.slice(found.index + mark.length);
        } else {
          is = h(mark[1] ? "strong" : "em", {}, spans(strong));
        }
      } else if (bare) {
        if (!JOINED.test(before)) tell(`${bare} is no citation: write [${bare}], or \\@ for the sign.`);
      } else {
        const begins = image || bad, why = WHY[begins];
        tell(`${begins} begins no markup here${why ? ": " + why : ""}. Write \\${begins} for the sign.`);
      }
      return [before, is, ...spans(after)].filter(one => one !== "");
    };

    const blocks = (lines, depth) => {
      const found = [];
      let kind = "", group = [], sign = "";
      const end = () => {
        if (kind === "p") {
          const words = group.join(" ");
          if (DEFINITION.test(words)) refuse(words, "the definition of a link");
          found.push(h("p", {}, spans(words)));
        }
        if (kind === "blockquote") found.push(h(kind, {}, blocks(group, depth + 1)));
        else if (kind && kind !== "p") found.push(h(kind, {}, group.map(item => h("li", {}, blocks(item, depth + 1)))));
        kind = "";
        group = [];
      };
      const go = (next, words) => {
        if (next !== kind) end();
        kind = next;
        group.push(words);
      };
      if (depth > 4) tell("Too many quotations stand in one another.");
      for (const one of lines) {
        const [, bullet, number, words = ""] = ITEM.exec(one) || [], quote = QUOTE.exec(one);
        const isList = kind === "ul" || kind === "ol";
        if (!one.trim()) {
          end();
          continue;
        }
        for (const [line, what] of REFUSED) {
          if (line.test(one)) refuse(one, what);
        }
        if (INDENTED.test(one) && !kind) refuse(one, "code");
        if (quote) {
          go("blockquote", quote[1]);
        } else if (bullet && (kind !== "p" || !number || +number === 1)) {
          /* A list goes on with the sign that it began with. */
          if (number && +number !== 1 && (kind !== "ol" || bullet.slice(-1) !== sign)) {
            tell(`A list begins with 1: write ${number}\\. in a sentence.`);
          }
          sign = bullet.slice(-1);
          go(number ? "ol" : "ul", [words]);
        } else if (isList) {
          group[group.length - 1].push(one.trim());
        } else {
          go(kind || "p", kind === "blockquote" ? one : one.trim());
        }
      }
      end();
      return found;
    };

    if (!text.trim()) tell("Write it: a few sentences.");
    return { nodes: blocks(text.trimEnd().split(/\s*?\n/), 0), faults: [...faults] };
  };

  /* The words that the check reads: those of paragraphs, without citations. */
  const plain = node => node.nodeType === 3 ? node.data
    : node.localName === "cite" ? "" : [...node.childNodes].map(plain).join("");

  Object.assign(own, { h, called, prose, plain, WEB });
}
