/* Without this script the search box finds nothing; everything else on the site works.

   It runs beside the page, as the worker that Material for MkDocs starts for its search, and speaks
   with it in the messages of that worker. It loads the texts when the first word is asked for, and
   looks through them: all words must be there, each may be the beginning of a longer one. */
(function (scope) {
  "use strict";

  var SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;
  var TRANSCRIBED = 1, READING = 2, EXPANDED = 4;
  var VIEWS = [READING, EXPANDED, TRANSCRIBED];
  var SAYS = {};
  SAYS[TRANSCRIBED] = "As transcribed";
  SAYS[EXPANDED] = "Expanded";
  var ASKS = {};
  ASKS[TRANSCRIBED] = "transcribed";
  ASKS[EXPANDED] = "expanded";
  var WORD = /[\p{L}\p{N}\p{M}]+/gu;
  var UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
  var ABBREVIATED = /(?:\p{L}\.){2,}/gu;
  var ACCENTS = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]/g;
  var WIDTH = 220, BEFORE = 70, BEST = 3, PER_PAGE = 100, PER_LATER_PAGE = 10, WITH_TEASER = 60;

  var UNLOADED = {
    location: "", title: "The texts could not be loaded",
    text: "Nothing was searched. Type on to try again, or load this page again.", score: 1, terms: {}
  };

  var parts = [], pages = [], loaded = null, asked = 0;

  /* ---- words ---------------------------------------------------------------------------- */

  function fold(text) {
    var folded = text.toLowerCase();
    if (/[^\x00-\x7f]/.test(folded)) {
      folded = folded.normalize("NFKD").replace(ACCENTS, "").replace(/ß/g, "ss");
    }
    return folded;
  }

  function folded(text) {
    return fold(text.replace(ABBREVIATED, function (found) { return found.replace(/\./g, ""); }));
  }

  function words(text) {
    return folded(text).match(WORD) || [];
  }

  /* The words of a text, each with a space before and after it: what is searched. To divide a text
     into its words takes longest of all, so it is done when the text has the letters asked for. */
  function stackOf(text) {
    if (text.words === undefined) {
      var found = text.folded.match(WORD);
      text.words = found ? " " + found.join(" ") + " " : " ";
      text.folded = "";
    }
    return text.words;
  }

  function mayHave(text, term) {
    for (var i = 0; text.words === undefined && i < term.words.length; i += 1) {
      if (text.folded.indexOf(term.words[i]) < 0) {
        return false;
      }
    }
    return true;
  }

  function has(text, term) {
    return mayHave(text, term) && stackOf(text).indexOf(term.needle) >= 0;
  }

  /* A query as its terms: words are begun, phrases in quotation marks whole, -words absent. */
  function parse(query) {
    var terms = [];
    query.replace(/(-?)["“”„«»]([^"“”„«»]*)["“”„«»]?|(\S+)/g, function (all, minus, phrase, word) {
      var not = minus === "-" || (word !== undefined && word.length > 1 && word[0] === "-");
      var own = words(phrase === undefined ? word : phrase);
      if (own.length) {
        var text = own.join(" ");
        terms.push({
          words: own,
          not: not,
          needle: (UNSPACED.test(text) ? "" : " ") + text + (phrase === undefined ? "" : " "),
          whole: " " + text + " "
        });
      }
      return "";
    });
    return terms;
  }

  /* ---- texts ---------------------------------------------------------------------------- */

  function textOf(runs, view) {
    if (typeof runs === "string") {
      return runs;
    }
    return runs.map(function (run) {
      return typeof run === "string" ? run : run[0] & view ? run[1] : "";
    }).join("");
  }

  function entry(data, page) {
    var runs = data[2];
    var made = {
      page: page, fragment: data[0], title: data[1], runs: runs, seen: data[3] || 7,
      heading: { folded: folded(data[1]) }, texts: []
    };
    (typeof runs === "string" ? [READING] : VIEWS).forEach(function (view) {
      made.texts.push({ view: view, folded: folded(textOf(runs, view)) });
    });
    return made;
  }

  function take(part) {
    part.forEach(function (data) {
      var page = { location: data[0], title: data[1], heading: { folded: folded(data[1]) } };
      page.entries = data[2].map(function (one) { return entry(one, page); });
      pages.push(page);
    });
  }

  function base() {
    var script = scope.document ? scope.document.querySelector("script[src]").src : scope.location.href;
    return script.split("/assets/search.js")[0] + "/";
  }

  function fetched(address, how) {
    return fetch(address, how).then(function (answer) {
      if (!answer.ok) {
        throw new Error(address + ": " + answer.status);
      }
      return answer.json();
    });
  }

  function fetchedParts(root) {
    return Promise.all(parts.map(function (name) { return fetched(root + name + ".json"); }));
  }

  /* Parts have other names when the site is published anew: a page that was opened before asks once
     more which they are. All of them count, or none. */
  function load() {
    var root = base();
    if (!scope.document) {
      return fetchedParts(root).catch(function () {
        return fetched(root + "search/search_index.json", { cache: "no-cache" }).then(function (index) {
          parts = index.docs;
          return fetchedParts(root);
        });
      }).then(function (all) { all.forEach(take); });
    }
    /* Opened from a folder: files are read as scripts, which call this. */
    scope.editionSearchPart = take;
    return Promise.resolve(scope.importScripts.apply(scope, parts.map(function (name) {
      return root + name + ".js";
    })));
  }

  /* ---- looking -------------------------------------------------------------------------- */

  function count(text, needle) {
    var found = 0;
    for (var at = text.indexOf(needle); at >= 0 && found < 8; at = text.indexOf(needle, at + 1)) {
      found += 1;
    }
    return found;
  }

  /* How well a term fits an entry; 0 where it is not there. The document's title is context: its
     words count as there, and for little. */
  function fits(term, one) {
    var best = 0;
    one.texts.forEach(function (text) {
      var found = mayHave(text, term) ? count(stackOf(text), term.needle) : 0;
      if (found) {
        best = Math.max(best, 1 + Math.log(found) + (text.words.indexOf(term.whole) >= 0 ? 1 : 0));
      }
    });
    if (has(one.heading, term)) {
      var heading = stackOf(one.heading);
      best += heading === term.whole ? 6 : heading.indexOf(term.whole) >= 0 ? 2 : 1;
    }
    if (!best && has(one.page.heading, term)) {
      best = 0.25;
    }
    return best;
  }

  /* The weight of an entry; 0 unless every term is there, and at least one in the entry itself. */
  function weigh(one, terms) {
    var sum = 0, own = false;
    for (var i = 0; i < terms.length; i += 1) {
      var fit = fits(terms[i], one);
      if (terms[i].not ? fit > 0.25 : !fit) {
        return 0;
      }
      if (!terms[i].not) {
        sum += fit;
        own = own || fit > 0.25 || !one.fragment;
      }
    }
    return own ? sum / (1 + Math.log(1 + stackOf(one.texts[0]).length / 400)) : 0;
  }

  function hits(terms) {
    var groups = [];
    pages.forEach(function (page) {
      var found = [];
      page.entries.forEach(function (one) {
        var weight = weigh(one, terms);
        if (weight) {
          found.push({ entry: one, weight: weight });
        }
      });
      if (found.length) {
        found.sort(function (a, b) { return b.weight - a.weight; });
        groups.push({ page: page, found: found, weight: found[0].weight + Math.log(found.length) / 2 });
      }
    });
    return groups.sort(function (a, b) { return b.weight - a.weight; });
  }

  /* ---- showing -------------------------------------------------------------------------- */

  function escaped(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")
      .replace(/"/g, "&quot;");
  }

  function isAsked(word, terms) {
    var folded = words(word).join(" ");
    return terms.some(function (term) {
      return !term.not && term.words.some(function (own, index) {
        var last = index === term.words.length - 1 && term.needle.slice(-1) !== " ";
        return UNSPACED.test(own) ? folded.indexOf(own) >= 0
          : last ? folded.indexOf(own) === 0 : folded === own;
      });
    });
  }

  function marked(text, terms, seen) {
    var out = "", at = 0;
    text.replace(WORD, function (word, offset) {
      if (isAsked(word, terms)) {
        out += escaped(text.slice(at, offset)) + "<mark>" + escaped(word) + "</mark>";
        at = offset + word.length;
        if (seen) {
          seen[word] = true;
        }
      }
      return word;
    });
    return out + escaped(text.slice(at));
  }

  /* The text that shows most of what was asked; of equals the one that is read by default. */
  function shown(one, terms) {
    var best = one.texts[0], most = -1;
    one.texts.forEach(function (text) {
      var found = terms.filter(function (term) {
        return !term.not && has(text, term);
      }).length;
      if (found > most && (text.view & one.seen || one.seen === 7)) {
        best = text;
        most = found;
      }
    });
    return best;
  }

  function excerpt(text, terms) {
    var first = -1;
    text.replace(WORD, function (word, offset) {
      if (first < 0 && isAsked(word, terms)) {
        first = offset;
      }
      return word;
    });
    var start = first > BEFORE ? text.indexOf(" ", first - BEFORE) + 1 : 0;
    if (first >= 0 && start > first) {
      start = first;
    }
    var end = text.length > start + WIDTH ? text.lastIndexOf(" ", start + WIDTH) : text.length;
    if (end <= Math.max(start, first)) {
      end = Math.min(text.length, start + WIDTH);
    }
    return (start ? "… " : "") + text.slice(start, end) + (end < text.length ? " …" : "");
  }

  function address(one, view) {
    var asks = view !== READING ? ASKS[view] : one.seen === 7 ? "" : ASKS[TRANSCRIBED];
    return one.page.location + (asks ? "?view=" + asks : "") + (one.fragment ? "#" + one.fragment : "");
  }

  function item(hit, terms, score, full) {
    var one = hit.entry, seen = {};
    var text = shown(one, terms);
    var whole = textOf(one.runs, text.view);
    var teaser = full ? marked(excerpt(whole, terms), terms, seen) : escaped(whole.slice(0, WIDTH));
    var view = one.seen === 7 || text.view === TRANSCRIBED ? text.view : READING;
    var said = SAYS[view] ? "<em>" + SAYS[view] + ":</em> " : "";
    var title = marked(one.title, terms, seen), lit = {};
    /* Material lights these on the page that is opened, also in the middle of words. */
    Object.keys(seen).filter(function (word) {
      return word.length > 2 || UNSPACED.test(word);
    }).slice(0, 12).forEach(function (word) { lit[word] = true; });
    return {
      location: address(one, view), title: title, text: said + teaser, score: score, terms: lit
    };
  }

  function shownGroup(group, terms, index) {
    var full = index < WITH_TEASER;
    var found = group.found.slice(0, full ? PER_PAGE : PER_LATER_PAGE), whole = null, items = [];
    found.forEach(function (hit, place) {
      if (!hit.entry.fragment) {
        whole = { place: place, item: item(hit, terms, group.weight, full) };
      } else {
        items.push(item(hit, terms, items.length < BEST ? group.weight : group.weight / 2, full));
      }
    });
    var page = whole ? whole.item : { location: group.page.location, text: "", score: 0, terms: {} };
    page.title = marked(group.page.title, terms);
    if (whole && whole.place === 0) {
      return [page].concat(items);
    }
    page.score = 0;
    return items.concat([page]);
  }

  function suggestions(groups, terms) {
    var last = terms.length ? terms[terms.length - 1] : null, found = {};
    if (!last || last.not || last.words.length > 1) {
      return [];
    }
    groups.slice(0, 20).forEach(function (group) {
      group.found.slice(0, 3).forEach(function (hit) {
        (hit.entry.title.match(WORD) || []).forEach(function (word) {
          var lower = word.toLowerCase();
          if (lower.indexOf(last.words[0]) === 0) {
            found[lower] = true;
          }
        });
      });
    });
    return Object.keys(found).slice(0, 1);
  }

  function answer(query) {
    var terms = parse(query);
    var wanted = terms.some(function (term) { return !term.not; });
    var groups = wanted ? hits(terms) : [];
    scope.postMessage({
      type: RESULT,
      data: {
        items: groups.map(function (group, index) { return shownGroup(group, terms, index); }),
        suggest: suggestions(groups, terms)
      }
    });
  }

  function ask(query) {
    var own = asked += 1;
    if (!query.trim()) {
      scope.postMessage({ type: RESULT, data: { items: [], suggest: [] } });
      return;
    }
    loaded = loaded || load();
    loaded.then(function () {
      if (own === asked) {
        answer(query);
      }
    }, function () {
      /* The next letter tries again. That nothing was found would not be true. */
      loaded = null;
      if (own === asked) {
        scope.postMessage({ type: RESULT, data: { items: [[UNLOADED]], suggest: [] } });
      }
    });
  }

  scope.addEventListener("message", function (event) {
    if (event.data.type === SETUP) {
      parts = event.data.data.docs;
      scope.postMessage({ type: READY });
    } else if (event.data.type === QUERY) {
      ask(event.data.data);
    }
  });
})(self);
