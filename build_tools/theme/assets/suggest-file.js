/* Without this script the page is complete; with it a draft becomes the file of a note, told what
   `edition check` would say of it, and the addresses where it can be proposed. */
(function () {
  "use strict";

  var own = window.editionDrafting = window.editionDrafting || {};
  var LONGEST = 6000;
  var ID = /^[a-z][a-z0-9-]*$/;
  var DATE = /^\d{4}(-\d\d(-\d\d)?)?[?~]?(\/\d{4}(-\d\d(-\d\d)?)?[?~]?)?$/;
  var WEB = /^https?:\/\/[^\s/@"<>\\^`{|}]+[^\s"<>\\^`{|}]*$/;
  var CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\u202a-\u202e\u2066-\u2069]/g;

  /* --- Words as a source has them */

  function clean(text) {
    return (text || "").normalize("NFC").replace(/\r\n?/g, "\n").replace(CONTROLS, "");
  }

  function line(text) {
    return clean(text).replace(/\s+/g, " ").trim();
  }

  /* A JSON string is a YAML string, whatever stands in it. */
  function quoted(text) {
    return JSON.stringify(text).replace(/[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g, function (sign) {
      return "\\u" + sign.charCodeAt(0).toString(16).padStart(4, "0");
    });
  }

  var PLAIN = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i" };

  /* An id that nothing has yet, from what a thing is called. */
  function derived(called, kind, taken) {
    var letters = called.toLowerCase().replace(/[ßæœøđłı]/g, function (sign) {
      return PLAIN[sign];
    }).normalize("NFKD").replace(/\p{M}|['’]/gu, "");
    var name = (letters.match(/[a-z0-9]+/g) || []).join("-");
    if (name.length > 40) {
      name = name.slice(0, 41).replace(/-[^-]*$/, "").slice(0, 40);
    }
    if (!ID.test(name) || /^(con|prn|aux|nul|(com|lpt)[1-9])$/.test(name)) {
      name = (kind + "-" + name).replace(/-+$/, "");
    }
    var number = 1, found = name;
    while (taken.includes(found)) {
      number += 1;
      found = name + "-" + number;
    }
    return found;
  }

  /* The last of sixteen digits proves the others: ISO 7064, modulus 11-2. */
  function isOrcid(text) {
    if (!/^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/.test(text)) {
      return false;
    }
    var sum = 0;
    text.replace(/-/g, "").slice(0, 15).split("").forEach(function (digit) {
      sum = (sum + Number(digit)) * 2;
    });
    return text.slice(-1) === "0123456789X"[(12 - sum % 11) % 11];
  }

  /* --- The file */

  function isEmendation(draft) {
    return draft.what === "emendation";
  }

  function targetLines(draft) {
    return ["block", "exact", "prefix", "suffix"].filter(function (key) {
      return draft.target[key] && !(draft.target.whole && key !== "block");
    }).map(function (key) {
      return key + ": " + quoted(draft.target[key]);
    });
  }

  function sourceLines(one) {
    if (!one.fresh) {
      return one.locator
        ? ["  - source: " + quoted(one.id), "    locator: " + quoted(one.locator)]
        : ["  - " + quoted(one.id)];
    }
    var lines = one.locator ? ["  - locator: " + quoted(one.locator), "    new:"] : ["  - new:"];
    lines.push("      id: " + quoted(one.id));
    Object.keys(one.fresh).forEach(function (key) {
      if (key !== "author" && one.fresh[key]) {
        lines.push("      " + key + ": " + quoted(one.fresh[key]));
      } else if (one.fresh[key]) {
        lines.push("      author:");
        one.fresh.author.split(";").map(line).filter(Boolean).forEach(function (name) {
          lines.push("        - " + person(name));
        });
      }
    });
    return lines;
  }

  function person(name) {
    var comma = name.indexOf(",");
    var given = name.slice(comma + 1).trim(), family = name.slice(0, comma).trim();
    return comma > 0 && given
      ? "{family: " + quoted(family) + ", given: " + quoted(given) + "}"
      : "{literal: " + quoted(name) + "}";
  }

  function today() {
    var now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(function (part) {
      return String(part).padStart(2, "0");
    }).join("-");
  }

  /* The file of a draft: {path, name, text}; `taken` are the ids of the document's records. */
  function file(draft, taken) {
    var name = derived(draft.label, isEmendation(draft) ? "emendation" : "note", taken);
    var target = targetLines(draft), lines = ["---"];
    if (isEmendation(draft)) {
      target.push("reading: " + quoted(line(draft.reading)));
      lines.push("changes:", "  - " + target[0]);
      target.slice(1).forEach(function (one) { lines.push("    " + one); });
    } else {
      lines.push("target:");
      target.forEach(function (one) { lines.push("  " + one); });
    }
    lines.push("label: " + quoted(line(draft.label)));
    (isEmendation(draft) ? ["certainty", "evidence", "fault"] : ["kind", "standing"]).forEach(
      function (key) { lines.push(key + ": " + quoted(draft[key])); }
    );
    var orcid = line(draft.orcid);
    lines.push("author: {name: " + quoted(line(draft.name)) +
      (orcid ? ", orcid: " + quoted(orcid) : "") + "}");
    lines.push("license: " + quoted(line(draft.license)), "date: " + quoted(today()));
    if (draft.sources.length) {
      lines.push("sources:");
      draft.sources.forEach(function (one) { lines.push.apply(lines, sourceLines(one)); });
    }
    var text = clean(draft.text).split("\n").map(function (one) {
      return one.replace(/\s+$/, "");
    }).join("\n").replace(/^\n+|\n+$/g, "");
    var folder = "edition/documents/" + draft.document + (isEmendation(draft) ? "/emendations/" : "/notes/");
    return { path: folder + name + ".md", name: name + ".md", text: lines.join("\n") + "\n---\n" + text + "\n" };
  }

  /* --- The rules of the check, told at the field they are about: [field, message] */

  function faults(draft) {
    var found = [];
    function needs(field, message, isWrong) {
      if (isWrong === undefined ? !line(draft[field]) : isWrong) {
        found.push([field, message]);
      }
    }
    needs("passage", "Choose the words that it is about, or the whole paragraph.", !draft.target);
    needs("label", "Give it a few words for the margin and for lists.");
    if (isEmendation(draft)) {
      needs("passage", "An emendation changes certain words: choose them.",
        Boolean(draft.target && draft.target.whole));
      needs("reading", "This is what stands there: write what is to be read instead.",
        Boolean(draft.target && draft.target.exact && line(draft.reading) === draft.target.exact));
    }
    if (!isEmendation(draft)) {
      agrees(draft).forEach(function (message) { found.push(["standing", message]); });
    }
    prose(draft.text || "", draft.sources).faults.forEach(function (message) {
      found.push(["text", message]);
    });
    needs("name", "Sign it with your name, as it is to be printed.");
    needs("orcid", "An ORCID iD has sixteen digits, and the last one proves the others: one is wrong.",
      Boolean(line(draft.orcid)) && !isOrcid(line(draft.orcid)));
    needs("license", "Say under which licence you give it.");
    needs("agreed", "Say that it is yours to give.", !draft.agreed);
    return found;
  }

  /* Words and standing agree: a fact has a source and does not hedge, a guess says that it is one. */
  function agrees(draft) {
    var rule = own.data.agrees[draft.standing] || {};
    var words = clean(draft.text).replace(/\[@[^\]]*\]|“[^”]*”|"[^"]*"/g, "");
    var hedge = rule.never && new RegExp(rule.never, "i").exec(words);
    return [
      !draft.standing && "Say how sure it is.",
      rule.sourced && !draft.sources.length && !/\[@/.test(draft.text) &&
        "What is called a " + draft.standing + " names its source: cite one, or choose another standing.",
      hedge && "What is called a " + draft.standing + " does not say “" + hedge[0] +
        "”: choose another standing, or state it.",
      rule.says && draft.text.trim() && !new RegExp(rule.says, "i").test(words) &&
        "The text should say that it is so: that it is a conjecture, or what has not been verified."
    ].filter(Boolean);
  }

  function sourceFaults(fresh, id, known) {
    var found = [];
    ["type", "title", "title-short"].forEach(function (key) {
      if (!line(fresh[key])) {
        found.push([key, "It needs this."]);
      }
    });
    if (line(fresh.issued) && !DATE.test(line(fresh.issued))) {
      found.push(["issued", "Write a year or a day: 1962, 1962-11, 1962-11-01."]);
    }
    if (line(fresh.URL) && !WEB.test(line(fresh.URL))) {
      found.push(["URL", "Write a whole address: https://…"]);
    }
    if (known.includes(id)) {
      found.push(["title-short", "The edition has a source that is called so: choose it above."]);
    }
    return found;
  }

  /* --- Prose: the small set of Markdown that is allowed, as nodes for the preview */

  var REFUSED = [
    [/^ {0,3}#{1,6}(\s|$)/, "A line that begins with # would be a heading: notes have none. Write \\# for the sign."],
    [/^ {0,3}(`{3}|~{3})/, "``` or ~~~ would begin a block of code: set a quotation apart with > instead."],
    [/^( {4}|\t)\s*\S/, "A line indented by four spaces would be code: begin it at the margin."],
    [/^ {0,3}([-*_])( *\1){2,} *$/, "A line of --- would be a rule: take it out."],
    [/^ {0,3}=+ *$/, "A line of === would make a heading of the line before: take it out."],
    [/^ {0,3}\|?( *:?-+:? *\|)+[ :|-]*$/, "This would be a table: write a list or sentences."],
    [/^ {0,3}(0|[2-9]|\d\d+)[.)] /, "A numbered list begins with 1. If the line is a sentence, write a \\ before the full stop."],
    [/^ {0,3}\[(?![@^])[^[\]]+\]:/, "[…]: would define a link: write the address where the link is, [words](https://…)."]
  ];

  function el(name, content, attributes) {
    var made = document.createElement(name);
    made.append.apply(made, content || []);
    Object.assign(made, attributes || {});
    return made;
  }

  function prose(text, sources) {
    var told = [], nodes = [];
    function tell(message) {
      if (!told.includes(message)) {
        told.push(message);
      }
    }
    text = clean(text);
    if (!text.trim()) {
      tell("Write it: a few sentences.");
    }
    nodes = blocksOf(text.split("\n"), tell, sources, 0);
    return { nodes: nodes, faults: told };
  }

  function blocksOf(lines, tell, sources, depth) {
    var found = [], group = [], kind = "";
    function end() {
      if (!group.length) {
        return;
      }
      if (kind === "p") {
        found.push(el("p", spans(group.join(" "), tell, sources)));
      } else if (kind === "blockquote") {
        found.push(el("blockquote", blocksOf(group, tell, sources, depth + 1)));
      } else {
        found.push(el(kind, group.map(function (item) {
          return el("li", spans(item, tell, sources));
        })));
      }
      group = [];
    }
    function go(next, words) {
      if (next !== kind || next === "") {
        end();
        kind = next;
      }
      group.push(words);
    }
    if (depth > 4) {
      tell("Too many quotations stand in one another.");
    }
    lines.forEach(function (one) {
      var item = /^ {0,3}([-*+]|1[.)]|\d+[.)]) +(.*)$/.exec(one);
      var quote = /^ {0,3}> ?(.*)$/.exec(one);
      var isList = kind === "ul" || kind === "ol";
      if (!one.trim()) {
        end();
        kind = "";
        return;
      }
      REFUSED.forEach(function (rule, index) {
        var goesOn = index === 2 && group.length;
        var goesOnList = index === 6 && (kind === "ol" || (kind === "p" && group.length));
        if (rule[0].test(one) && !goesOn && !goesOnList) {
          tell(rule[1]);
        }
      });
      if (quote) {
        go("blockquote", quote[1]);
      } else if (item && (isList || kind !== "p" || !/^\d/.test(item[1]) || item[1].charAt(0) === "1")) {
        go(/^\d/.test(item[1]) ? "ol" : "ul", item[2]);
      } else if (isList && group.length) {
        group[group.length - 1] += " " + one.trim();
      } else if (kind === "blockquote" && group.length) {
        group.push(one);
      } else {
        go("p", one.trim());
      }
    });
    end();
    return found;
  }

  var SIGNS = /\\([!-/:-@[-`{-~])|\[@([^[\]]*)\]|!\[[^\]]*\]\(|\[((?:\\.|[^[\]\\])*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)|\]\(|\[\^|\{|<|(`+)[^`]+\5(?!`)|(\*\*|__)(?=\S)([\s\S]*?\S)\6|(\*|_)(?=\S)([\s\S]*?[^\s*])\8/;

  function spans(text, tell, sources) {
    var out = [], rest = text, found;
    while ((found = SIGNS.exec(rest))) {
      out.push(rest.slice(0, found.index));
      var after = rest.slice(found.index + found[0].length);
      /* An underscore inside a word is a letter like others. */
      var inWord = (found[6] || found[8] || "").charAt(0) === "_" &&
        (/[\p{L}\p{N}]$/u.test(rest.slice(0, found.index)) || /^[\p{L}\p{N}]/u.test(after));
      if (inWord) {
        var sign = found[6] || found[8];
        out.push(sign);
        rest = rest.slice(found.index + sign.length);
        continue;
      }
      out.push.apply(out, span(found, tell, sources));
      rest = after;
    }
    out.push(rest);
    return out.filter(function (one) { return one !== ""; });
  }

  function span(found, tell, sources) {
    if (found[1] !== undefined) {
      return [found[1]];
    }
    if (found[2] !== undefined) {
      return [cited(found[2], tell, sources)];
    }
    if (found[4] !== undefined) {
      return [link(spans(found[3], tell, sources), found[4], tell)];
    }
    if (found[7] !== undefined) {
      return [el("strong", spans(found[7], tell, sources))];
    }
    if (found[9] !== undefined) {
      return [el("em", spans(found[9], tell, sources))];
    }
    tell({
      "{": "{ begins no markup here: write \\{ for the sign.",
      "<": "< would begin HTML: write *words* for italics, and \\< for the sign.",
      "[^": "A note cannot have notes: write \\[^ for the sign.",
      "](": "Here the address of a link begins, and does not end as one: it has no spaces and ends with )."
    }[found[0]] || (found[5] ? "Words stand between backticks: use quotation marks, or *words* for italics."
      : "An image cannot stand in a note: link to it."));
    return [found[0]];
  }

  function cited(words, tell, sources) {
    var comma = words.indexOf(",");
    var id = (comma < 0 ? words : words.slice(0, comma)).trim();
    var locator = comma < 0 ? "" : line(words.slice(comma + 1));
    var known = own.data.sources.find(function (one) { return one[0] === id; });
    var fresh = sources.find(function (one) { return one.fresh && one.id === id; });
    if (!ID.test(id) || (comma >= 0 && !locator) || /[<{]/.test(locator)) {
      tell("[@" + words + "] is not a citation: write [@source-id] or [@source-id, p. 3].");
    } else if (!known && !fresh) {
      tell("There is no source “" + id + "”: choose one below, or add it as a new one.");
    }
    var short = known ? known[1] || known[2] : fresh ? fresh.fresh["title-short"] : id;
    return "(" + short + (locator ? ", " + locator : "") + ")";
  }

  function link(content, href, tell) {
    var kind = href.split(":")[0];
    if (own.data.links.includes(kind) && /^[a-z]+:[a-z][a-z0-9-]*(#[a-z][a-z0-9-]*)?$/.test(href)) {
      return el("u", content);
    }
    if (!WEB.test(href) && !/^mailto:[^\s@:/?]+@[^\s@:/?]+$/.test(href)) {
      tell("“" + href + "” is not the address of a link: it begins with https:// or mailto:.");
      return el("u", content);
    }
    return el("a", content, { href: href, target: "_blank", rel: "noopener noreferrer" });
  }

  /* --- Where it can be proposed */

  var NAMES = { github: "GitHub", forgejo: "Forgejo", gitea: "Gitea", gitlab: "GitLab" };

  /* {name, url, long}: `long` where the address, written into that of a page to sign in at, as
     forges do, would be longer than they take. Nothing is ever cut off. */
  function forge(made, title) {
    var data = own.data;
    if (!data.repository || !NAMES[data.forge]) {
      return null;
    }
    var url = new URL(data.repository);
    url.pathname = url.pathname.replace(/\/$/, "") + {
      github: "/new/" + data.branch,
      forgejo: "/_new/" + data.branch + "/",
      gitea: "/_new/" + data.branch + "/",
      gitlab: "/-/issues/new"
    }[data.forge];
    if (data.forge === "gitlab") {
      url.searchParams.set("issue[title]", title);
      url.searchParams.set("issue[description]", made.path + "\n\n````\n" + made.text + "````\n");
    } else {
      url.searchParams.set("filename", made.path);
      url.searchParams.set("value", made.text);
    }
    var twice = url.origin + "/login?return_to=" + encodeURIComponent(url.href);
    return { name: NAMES[data.forge], issue: data.forge === "gitlab", url: url.href, length: twice.length,
      long: twice.length > LONGEST, most: LONGEST };
  }

  own.files = {
    clean: clean, line: line, derived: derived, isOrcid: isOrcid, file: file, faults: faults,
    sourceFaults: sourceFaults, prose: prose, forge: forge
  };
})();
