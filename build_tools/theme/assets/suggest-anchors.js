/* Without this script the page is complete; with it a passage chosen on the page is found in the
   base text and quoted so that the build finds it, once and only once.

   Texts are arrays of code points here, and offsets count them, as the build does. The rules are
   those of the build; their cases are tests/anchor-cases.json. */
(function () {
  "use strict";

  var own = window.editionDrafting = window.editionDrafting || {};
  var WORD = /[\p{L}\p{M}\p{N}]/u;
  /* What stands in a line of the text and is no text of the document. */
  var OURS = "sup, .ed-said, .ed-pb, .ed-suggestion";

  function points(text) {
    return Array.from(text);
  }

  function last(list) {
    return list[list.length - 1];
  }

  /* --- Folding */

  function fold(text) {
    var rules = own.data.folding;
    var out = [], starts = [];
    points(text).forEach(function (sign, at) {
      if (rules.ignored.includes(sign)) {
        return;
      }
      if (rules.spaces.includes(sign)) {
        if (!out.length || last(out) === " ") {
          return;
        }
        sign = " ";
      }
      out.push(rules.folds[sign] || sign);
      starts.push(at);
    });
    if (last(out) === " ") {
      out.pop();
      starts.pop();
    }
    return { text: out, starts: starts.concat(points(text).length) };
  }

  function original(folded, start, end) {
    return [folded.starts[start], start === end ? folded.starts[start] : folded.starts[end - 1] + 1];
  }

  function isUnspaced(sign) {
    var point = sign.codePointAt(0);
    return own.data.folding.unspaced.some(function (range) {
      return range[0] <= point && point <= range[1];
    });
  }

  function cutsWord(text, at) {
    var before = text[at - 1], after = text[at];
    return at > 0 && at < text.length && WORD.test(before) && WORD.test(after) &&
      !isUnspaced(before) && !isUnspaced(after);
  }

  /* --- Finding */

  function standsAt(text, words, at) {
    return at >= 0 && words.every(function (sign, index) {
      return text[at + index] === sign;
    });
  }

  function every(text, words) {
    var found = [];
    for (var at = 0; words.length && at + words.length <= text.length; at += 1) {
      if (standsAt(text, words, at)) {
        found.push(at);
      }
    }
    return found;
  }

  function ends(text, prefix) {
    var words = fold(prefix || "").text, end = text.length;
    while (text[end - 1] === " ") {
      end -= 1;
    }
    var at = end - words.length;
    return !words.length || (standsAt(text.slice(0, end), words, at) && !cutsWord(text.slice(0, end), at));
  }

  function begins(text, suffix) {
    var words = fold(suffix || "").text, start = 0;
    while (text[start] === " ") {
      start += 1;
    }
    var rest = text.slice(start);
    return !words.length || (standsAt(rest, words, 0) && !cutsWord(rest, words.length));
  }

  /* Every place in a text where the quotation stands; a point is where prefix and suffix meet. */
  function occurrences(text, quotation) {
    var base = points(text), folded = fold(text);
    if (quotation.exact === undefined) {
      return meetings(base, folded, quotation);
    }
    var exact = fold(quotation.exact).text;
    return every(folded.text, exact).map(function (start) {
      var range = original(folded, start, start + exact.length);
      return {
        start: range[0],
        end: range[1],
        holds: ends(folded.text.slice(0, start), quotation.prefix) &&
          begins(folded.text.slice(start + exact.length), quotation.suffix),
        whole: !cutsWord(base, range[0]) && !cutsWord(base, range[1])
      };
    });
  }

  function meetings(base, folded, quotation) {
    var prefix = fold(quotation.prefix || "").text;
    var words = prefix.length ? prefix : fold(quotation.suffix || "").text;
    return every(folded.text, words).filter(function (start) {
      return !prefix.length || begins(folded.text.slice(start + words.length), quotation.suffix);
    }).map(function (start) {
      var range = original(folded, start, start + words.length);
      var at = prefix.length ? range[1] : range[0];
      return {
        start: at,
        end: at,
        holds: true,
        whole: !cutsWord(base, range[0]) && !cutsWord(base, range[1])
      };
    });
  }

  /* What the build will say of a target; `blocks` are {id, base} in the order of the document. */
  function judge(target, blocks) {
    var block = blocks.find(function (one) {
      return one.id === target.block;
    });
    if (!block) {
      return { state: "block-unknown" };
    }
    var words = [target.exact, target.prefix, target.suffix];
    if (words.every(function (one) { return one === undefined; })) {
      return { state: "ok", start: 0, end: points(block.base).length };
    }
    var found = occurrences(block.base, target);
    var holding = found.filter(function (one) { return one.holds; });
    var whole = holding.filter(function (one) { return one.whole; });
    if (whole.length === 1) {
      return { state: "ok", start: whole[0].start, end: whole[0].end };
    }
    if (whole.length) {
      return { state: "ambiguous", places: whole };
    }
    if (holding.length) {
      return { state: "partial-word" };
    }
    if (found.some(isWhole)) {
      return { state: "context-changed" };
    }
    return elsewhere(target, block, blocks);
  }

  function isWhole(place) {
    return place.whole;
  }

  function elsewhere(target, block, blocks) {
    var other = blocks.find(function (one) {
      return one !== block && occurrences(one.base, target).some(isWhole);
    });
    if (other) {
      return { state: "wrong-block", block: other.id };
    }
    var words = target.exact !== undefined ? target.exact
      : [target.prefix, target.suffix].filter(Boolean).map(function (one) {
        return one.trim();
      }).join(" ");
    var at = blocks.indexOf(block), text = fold(words).text;
    var crosses = [[at, at + 1], [at - 1, at]].some(function (pair) {
      var one = blocks[pair[0]], next = blocks[pair[1]];
      return one && next && every(fold(one.base).text.concat(" ", fold(next.base).text), text).length;
    });
    return { state: crosses ? "crosses-block" : "not-found" };
  }

  /* --- Quoting */

  /* Widen a range to whole words, without spaces at its ends; null where nothing is left. */
  function snapped(base, start, end) {
    var none = own.data.folding.spaces + own.data.folding.ignored;
    while (start < end && none.includes(base[start])) {
      start += 1;
    }
    while (end > start && none.includes(base[end - 1])) {
      end -= 1;
    }
    if (start === end) {
      return null;
    }
    while (cutsWord(base, start)) {
      start -= 1;
    }
    while (cutsWord(base, end)) {
      end += 1;
    }
    return { start: start, end: end };
  }

  /* The shortest quotation that the build finds in this place and in no other. */
  function quotation(block, range) {
    var base = points(block.base);
    var exact = base.slice(range.start, range.end).join("");
    function holds(prefix, suffix) {
      var target = { block: block.id, exact: exact };
      if (prefix) {
        target.prefix = prefix;
      }
      if (suffix) {
        target.suffix = suffix;
      }
      var found = judge(target, [block]);
      return found.state === "ok" && found.start === range.start && found.end === range.end && target;
    }
    var before = base.slice(0, range.start).join("").trim().split(" ");
    var after = base.slice(range.end).join("").trim().split(" ");
    var most = Math.max(before.length, after.length), found = holds("", "");
    for (var size = 1; !found && size <= most; size += 1) {
      var prefix = before.slice(-size).join(" "), suffix = after.slice(0, size).join(" ");
      found = (prefix && holds(prefix, "")) || (suffix && holds("", suffix)) || holds(prefix, suffix);
    }
    return found || null;
  }

  /* --- The page: from what is seen to base text */

  function isSeen(node) {
    return node.parentElement.getClientRects().length > 0;
  }

  /* The pieces of text in a part of the page, in their order, without what is ours. */
  function pieces(part) {
    var found = [];
    var walker = document.createTreeWalker(part, NodeFilter.SHOW_ALL, function (node) {
      return node.nodeType === 1 && node.matches(OURS)
        ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
    });
    for (var node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === 3 && node.data) {
        found.push(piece(node, part));
      }
    }
    return found;
  }

  function piece(node, part) {
    var span = node.parentElement.closest(".ed-wit, .ed-read, .ed-ab, .ed-ex, .ed-sup");
    var names = span && part.contains(span) ? span.classList : null;
    function is(name) {
      return Boolean(names && names.contains(name));
    }
    return {
      node: node,
      span: span,
      text: points(node.data),
      wit: is("ed-wit"),
      form: is("ed-ab"),
      stands: is("ed-read") ? "read" : is("ed-ex") ? "expanded" : is("ed-sup") ? "supplied" : "",
      /* Words that are not read for a reason of their own, and not because others are read. */
      dropped: Boolean(node.parentElement.closest(".ed-del, .ed-caret, .ed-wordbreak"))
    };
  }

  /* Say of each piece for which range of base text it stands. Words that are read instead stand
     after the words of the witness, an expansion after the form. */
  function placed(found) {
    var at = 0;
    found.forEach(function (one, index) {
      if (!one.stands) {
        one.start = at;
        at += one.text.length;
        one.end = at;
        return;
      }
      var before = found[index - 1];
      one.start = one.end = at;
      if (before && before.stands && before.span === one.span) {
        /* Supplied letters are set in italics: one expansion is several pieces. */
        one.start = before.start;
        one.end = before.end;
      } else if (one.stands === "read") {
        standsFor(one, found, index, function (other) {
          return other.wit && !other.dropped;
        });
      } else if (one.stands === "expanded") {
        standsFor(one, found, index, function (other) {
          return other.form;
        });
      }
    });
    return found;
  }

  function standsFor(one, found, index, isIt) {
    var k = index - 1, low = one.end, high = -1;
    while (k >= 0 && (one.stands === "read" ? found[k].stands === "read" : found[k].wit)) {
      k -= 1;
    }
    for (; k >= 0 && (isIt(found[k]) || (high >= 0 && one.stands === "expanded" && found[k].wit)); k -= 1) {
      if (isIt(found[k])) {
        low = Math.min(low, found[k].start);
        high = Math.max(high, found[k].end);
      }
    }
    if (high >= 0) {
      one.start = low;
      one.end = high;
    }
  }

  function all(selector, inside) {
    return Array.from((inside || document).querySelectorAll(selector));
  }

  /* The blocks of the document with their base texts, in the order in which they begin. */
  function blocks() {
    var found = new Map();
    all(".ed-text .ed-block").forEach(function (part) {
      var id = part.dataset.block;
      if (!found.has(id)) {
        found.set(id, { id: id, parts: [], kind: part.dataset.kind });
      }
      found.get(id).parts.push(part);
    });
    found.forEach(function (block) {
      block.parts.sort(function (one, other) {
        return one.dataset.frag - other.dataset.frag;
      });
      block.pieces = placed(block.parts.flatMap(pieces));
      block.base = block.pieces.map(function (one) {
        return one.stands ? "" : one.node.data;
      }).join("");
    });
    return Array.from(found.values());
  }

  /* The table of the form shows reading texts again: its letters are those of the fields. */
  function again(block) {
    var letters = block.pieces.filter(function (one) {
      return !one.wit;
    }).flatMap(function (one) {
      return one.text.map(function (sign, index) {
        return one.stands ? [one.start, one.end] : [one.start + index, one.start + index + 1];
      });
    });
    return all('td[data-copy="' + CSS.escape(block.id) + '"]').flatMap(function (cell) {
      var at = 0;
      return pieces(cell).map(function (one) {
        one.letters = letters.slice(at, at += one.text.length);
        return one;
      });
    });
  }

  /* How much of a piece lies in a range of the page, as offsets of its text. */
  function taken(one, range) {
    if (!range.intersectsNode(one.node) || !isSeen(one.node)) {
      return null;
    }
    var from = range.startContainer === one.node ? range.startOffset : 0;
    var to = range.endContainer === one.node ? range.endOffset : one.node.data.length;
    var start = points(one.node.data.slice(0, from)).length;
    var end = points(one.node.data.slice(0, to)).length;
    return start < end ? [start, end] : null;
  }

  /* The passage of base text that a selection means: {block, start, end}, or {why} there is none. */
  function chosen(range) {
    var found = [], supplied = false;
    blocks().forEach(function (block) {
      var low = Infinity, high = -1;
      block.pieces.concat(again(block)).forEach(function (one) {
        var part = taken(one, range);
        if (!part) {
          return;
        }
        if (one.letters || !one.stands) {
          var letters = one.letters && one.letters.slice(part[0], part[1]);
          var first = letters ? letters.map(function (pair) { return pair[0]; }) : [one.start + part[0]];
          var after = letters ? letters.map(function (pair) { return pair[1]; }) : [one.start + part[1]];
          low = Math.min.apply(null, first.concat(low));
          high = Math.max.apply(null, after.concat(high));
        } else if (one.start < one.end) {
          low = Math.min(low, one.start);
          high = Math.max(high, one.end);
        } else {
          supplied = true;
        }
      });
      var range_ = high > low && snapped(points(block.base), low, high);
      if (range_) {
        found.push({ block: block, start: range_.start, end: range_.end });
      }
    });
    if (found.length === 1) {
      return found[0];
    }
    return {
      why: found.length ? "A passage stays in one paragraph: select words of one only."
        : supplied ? "These words are supplied by the editors: select words of the document." : ""
    };
  }

  /* The range of the page that shows a range of base text, for lighting it. */
  function shown(block, start, end) {
    var range = null;
    block.pieces.forEach(function (one) {
      if (!isSeen(one.node) || one.end <= start || one.start >= end) {
        return;
      }
      var first = one.stands ? 0 : Math.max(0, start - one.start);
      var after = one.stands ? one.text.length : Math.min(one.text.length, end - one.start);
      if (!range) {
        range = document.createRange();
        range.setStart(one.node, one.text.slice(0, first).join("").length);
      }
      range.setEnd(one.node, one.text.slice(0, after).join("").length);
    });
    return range;
  }

  /* The ids of the notes whose passages share letters with a range. */
  function notesAt(block, start, end) {
    var names = block.pieces.filter(function (one) {
      return one.start < end && one.end > start;
    }).flatMap(function (one) {
      var span = one.node.parentElement.closest("[data-notes]");
      return span ? span.dataset.notes.split(" ") : [];
    });
    return Array.from(new Set(names));
  }

  own.anchors = {
    points: points, occurrences: occurrences, judge: judge, snapped: snapped, quotation: quotation,
    blocks: blocks, chosen: chosen, shown: shown, notesAt: notesAt
  };
})();
