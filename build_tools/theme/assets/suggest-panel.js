/* Without this script the page is complete; with it the panel is there in which a note is drafted,
   kept in this browser from the first key on, and handed over by one of three exits. */
(function () {
  "use strict";

  var own = window.editionDrafting;
  var KEPT = "edition.draft/";
  var panel = null, opener = null, draft = null, page = null;
  var touched = {}, tried = false, fresh = {};
  var h = own.form.h, button = own.form.button, fields = own.form.fields, parts = own.form.parts;
  var CSL = own.form.csl;

  /* --- Drafts, in this browser */

  function key(one) {
    return KEPT + encodeURIComponent(own.data.edition) + "/" + one.document + "/" + one.id;
  }

  function save() {
    draft.saved = Date.now();
    draft.page = location.pathname;
    try {
      localStorage.setItem(key(draft), JSON.stringify(draft));
      draft.kept = true;
    } catch (error) {
      say("This browser keeps no drafts: download the file before you leave the page.");
    }
    list();
  }

  function kept() {
    try {
      return Object.keys(localStorage).filter(function (one) {
        return one.startsWith(KEPT + encodeURIComponent(own.data.edition) + "/");
      }).map(function (one) {
        return JSON.parse(localStorage.getItem(one));
      }).sort(function (one, other) {
        return other.saved - one.saved;
      });
    } catch (error) {
      return [];
    }
  }

  function remove(one) {
    if (confirm("Delete this draft for good?")) {
      localStorage.removeItem(key(one));
      if (one.id === draft.id) {
        begin(null);
      }
      list();
      parts.drafts.querySelector("summary").focus();
    }
  }

  function list() {
    var found = kept();
    parts.drafts.hidden = !found.length;
    parts.drafts.replaceChildren(h("summary", {}, "Drafts kept in this browser: " + found.length),
      h("ul", {}, found.map(function (one) {
        var words = one.label || (one.target && one.target.exact) || "Without a label";
        var isHere = one.document === page.dataset.document;
        return h("li", {}, [
          one.id === draft.id ? h("b", {}, words)
            : isHere ? button(words, function () { begin(one); })
            : h("a", { href: one.page + "#" + (one.target ? one.target.block : "") }, words),
          " " + (isHere ? "" : one.title + ", ") + new Date(one.saved).toLocaleString() + " ",
          h("button", { type: "button", "class": "ed-plain", "aria-label": "Delete the draft " + words,
            onclick: function () { remove(one); } }, "Delete")
        ]);
      })));
  }

  function empty() {
    var data = own.data, before = kept()[0] || {};
    return {
      id: Date.now().toString(36), document: page.dataset.document, what: "note", target: null,
      title: document.querySelector("h1").textContent.trim(), label: "", text: "", sources: [],
      kind: data.kinds[0], standing: "", certainty: data.certainties[0],
      evidence: data.evidence[0], fault: data.faults[0], reading: "", agreed: false,
      name: before.name || "", orcid: before.orcid || "", license: before.license || data.license
    };
  }

  /* Take up a draft, or begin one with a passage or without. */
  function begin(one, passage) {
    draft = one || empty();
    touched = {};
    tried = false;
    say("");
    panel.querySelectorAll('[name="ed.what"]').forEach(function (radio) {
      radio.checked = radio.value === draft.what;
    });
    Object.keys(fields).forEach(function (name) {
      if (name in draft && name !== "source") {
        fields[name][fields[name].type === "checkbox" ? "checked" : "value"] = draft[name];
      }
    });
    if (passage) {
      setPassage(passage.block, passage);
    } else {
      found();
    }
    list();
  }

  /* --- The passage */

  function label(block) {
    var link = block.parts[0].querySelector(".ed-perma");
    var words = block.base.trim();
    return (link && link.getAttribute("aria-label") || block.kind) + ": " +
      words.slice(0, 36) + (words.length > 36 ? "…" : "");
  }

  function block() {
    return page.blocks.find(function (one) { return one.id === fields.passage.value; });
  }

  function inSight() {
    return page.blocks.find(function (one) {
      var box = one.parts[0].getBoundingClientRect();
      return box.height && box.bottom > 120;
    });
  }

  function setPassage(of, range) {
    var quoted = range && own.anchors.quotation(of, range);
    draft.target = range ? quoted : { block: of.id, whole: true };
    place(of, quoted ? range : null);
    if (range && !quoted) {
      parts.state.textContent = "These words stand here more than once, and nothing around them tells " +
        "them apart: choose a few more.";
    }
  }

  /* Find the passage of a draft again: the text may have been corrected since. */
  function found() {
    var target = draft.target;
    var of = target && page.blocks.find(function (one) { return one.id === target.block; });
    var is = of && own.anchors.judge(target.whole ? { block: of.id } : target, page.blocks);
    if (is && is.state === "ok") {
      place(of, target.whole ? null : is);
    } else {
      draft.target = null;
      place(of || inSight() || page.blocks[0], null);
      if (target) {
        parts.state.textContent = "The text has changed: choose the passage again. It was “" +
          (target.exact || "") + "”.";
      }
    }
  }

  function place(of, range) {
    var target = draft.target, base = own.anchors.points(of.base);
    fields.passage.value = of.id;
    fields.whole.checked = Boolean(target && target.whole);
    /* Whoever selects words there at this moment goes on selecting. */
    var isSelecting = document.activeElement === parts.words;
    if (!isSelecting) {
      parts.words.value = of.base;
      parts.words.setSelectionRange(0, 0);
    }
    parts.quote.replaceChildren();
    parts.state.textContent = target ? "The whole paragraph." : "No words are chosen yet.";
    if (range) {
      var before = base.slice(0, range.start).join("");
      var exact = base.slice(range.start, range.end).join("");
      if (!isSelecting) {
        parts.words.setSelectionRange(before.length, before.length + exact.length);
      }
      parts.quote.append(before.length > 60 ? "… " + before.slice(-50).replace(/^\S*\s/, "") : before,
        h("mark", {}, exact), near(base.slice(range.end).join("")));
      parts.state.textContent = told(of, exact, target);
    }
    light(of, range || (target ? { start: 0, end: base.length } : null));
    refresh();
  }

  function near(after) {
    return after.length > 60 ? after.slice(0, 50).replace(/\s\S*$/, "") + " …" : after;
  }

  function told(of, exact, target) {
    var times = own.anchors.occurrences(of.base, { exact: exact }).filter(function (one) {
      return one.whole;
    }).length;
    var context = [["before", target.prefix], ["after", target.suffix]].filter(function (one) {
      return one[1];
    }).map(function (one) {
      return one[0] + " them, “" + one[1] + "”";
    }).join(", and ");
    return context ? "These words stand here " + times + " times; yours are told apart by the words " +
      context + "." : "These words stand once in this paragraph.";
  }

  function light(of, range) {
    var names = range ? own.anchors.notesAt(of, range.start, range.end) : [];
    var notes = names.flatMap(function (name) {
      return ["fn:" + name, "tn:" + name].map(function (id) { return document.getElementById(id); });
    }).filter(Boolean);
    parts.here.replaceChildren();
    if (notes.length) {
      parts.here.append("Notes already here: ");
      notes.forEach(function (note, index) {
        var words = note.querySelector(".ed-note-label, .ed-note-lemma, strong");
        parts.here.append(index ? "; " : "", h("a", { href: "#" + note.id }, words ? words.textContent : note.id));
      });
    }
    if (window.Highlight && CSS.highlights) {
      var shown = range && own.anchors.shown(of, range.start, range.end);
      CSS.highlights.delete("ed-drafting");
      if (shown) {
        CSS.highlights.set("ed-drafting", new Highlight(shown));
        reveal(shown.getBoundingClientRect(), panel.getBoundingClientRect());
      }
    }
  }

  /* Where the panel lies over the words that it is about, they go up until they are seen. */
  function reveal(words, over) {
    if (over.left < words.right && words.bottom > over.top) {
      scrollBy(0, words.bottom - over.top + 16);
    }
  }

  function pickWords() {
    var text = parts.words.value, of = block();
    var start = own.anchors.points(text.slice(0, parts.words.selectionStart)).length;
    var end = start + own.anchors.points(
      text.slice(parts.words.selectionStart, parts.words.selectionEnd)).length;
    var range = own.anchors.snapped(own.anchors.points(text), start, end);
    var target = range && own.anchors.quotation(of, range);
    if (range && JSON.stringify(target) !== JSON.stringify(draft.target)) {
      setPassage(of, range);
      save();
    }
  }

  /* --- Sources */

  function addKnown() {
    var id = (/\[([^[\]]+)\]\s*$/.exec(fields.source.value) || ["", fields.source.value.trim()])[1];
    var is = own.data.sources.some(function (one) { return one[0] === id; });
    fault("source", is ? "" : "Choose one from the list, or describe it below.");
    if (is) {
      add({ id: id, locator: own.files.line(fields.locator.value) });
      fields.source.value = fields.locator.value = "";
      fields.source.focus();
    }
  }

  function addNew() {
    var known = own.data.sources.concat(draft.sources.map(function (one) { return [one.id]; }));
    var ids = known.map(function (one) { return one[0]; });
    fresh = { type: fields["new-type"].value };
    CSL.forEach(function (one) {
      fresh[one[0]] = own.files.line(fields["new-" + one[0]].value);
    });
    var id = own.files.derived(fresh["title-short"], "source", []);
    var wrong = own.files.sourceFaults(fresh, id, ids);
    ["type"].concat(CSL.map(function (one) { return one[0]; })).forEach(function (name) {
      var is = wrong.find(function (one) { return one[0] === name; });
      fault("new-" + name, is ? is[1] : "");
    });
    if (wrong.length) {
      fields["new-" + wrong[0][0]].focus();
      return;
    }
    add({ id: id, locator: "", fresh: fresh });
    CSL.forEach(function (one) { fields["new-" + one[0]].value = ""; });
  }

  function add(one) {
    draft.sources = draft.sources.filter(function (other) { return other.id !== one.id; }).concat(one);
    save();
    refresh();
  }

  function listSources() {
    var written = JSON.stringify(draft.sources);
    if (parts.sources.written === written) {
      return;
    }
    parts.sources.written = written;
    parts.sources.replaceChildren.apply(parts.sources, draft.sources.map(function (one) {
      var known = own.data.sources.find(function (other) { return other[0] === one.id; });
      var words = one.fresh ? one.fresh["title-short"] : known ? known[1] || known[2] : one.id;
      return h("li", {}, [words + (one.locator ? ", " + one.locator : "") + " ",
        button("Cite in the text", function () {
          var text = fields.text;
          text.setRangeText("[@" + one.id + (one.locator ? ", " + one.locator : "") + "]",
            text.selectionStart, text.selectionEnd, "end");
          text.focus();
          changed();
        }), " ",
        h("button", { type: "button", "class": "ed-plain", "aria-label": "Remove " + words, onclick: function () {
          draft.sources = draft.sources.filter(function (other) { return other !== one; });
          save();
          refresh();
          fields.source.focus();
        } }, "Remove")]);
    }));
  }

  /* --- What is typed */

  function changed(event) {
    var target = event && event.target;
    if (target === parts.words) {
      target.value = block().base;
      return;
    }
    var radio = panel.querySelector('[name="ed.what"]:checked');
    var was = draft.what;
    draft.what = radio ? radio.value : "note";
    Object.keys(fields).forEach(function (name) {
      if (name in draft && name !== "source") {
        draft[name] = fields[name].type === "checkbox" ? fields[name].checked : fields[name].value;
      }
    });
    if (draft.what === "error" && was !== "error") {
      Object.assign(draft, own.data.doubt);
      fields.kind.value = draft.kind;
      fields.standing.value = draft.standing;
    }
    if (target === fields.passage) {
      draft.target = null;
      place(block(), null);
    } else if (target === fields.whole) {
      draft.target = null;
      if (fields.whole.checked) {
        setPassage(block(), null);
      } else {
        place(block(), null);
      }
    }
    if (!target || !/^ed\.draft-(source|locator|new-|passage)/.test(target.id)) {
      save();
    }
    refresh();
  }

  function leaveField(event) {
    var part = event.target.closest("[data-field]");
    if (part && event.target.value) {
      touched[part.dataset.field] = true;
      refresh();
    }
  }

  function fault(name, message) {
    var control = fields[name];
    var says = document.getElementById(control.id + "-fault");
    if (says.textContent !== message) {
      says.textContent = message;
    }
    control.setAttribute("aria-invalid", message ? "true" : "false");
  }

  function refresh() {
    panel.dataset.what = draft.what;
    panel.querySelectorAll("[data-for]").forEach(function (one) {
      one.hidden = one.dataset.for !== draft.what && one.dataset.for !== "undefined";
    });
    fields.whole.closest(".ed-field").hidden = draft.what === "emendation";
    var wrong = own.files.faults(draft);
    Object.keys(fields).forEach(function (name) {
      if (name in draft || name === "passage") {
        var own_ = wrong.filter(function (one) { return one[0] === name; }).map(function (one) { return one[1]; });
        fault(name, tried || touched[name] ? own_.join(" ") : "");
      }
    });
    var written = JSON.stringify([draft.text, draft.sources]);
    if (parts.preview.written !== written) {
      parts.preview.written = written;
      parts.preview.replaceChildren.apply(parts.preview, own.files.prose(draft.text, draft.sources).nodes);
      listSources();
    }
    exits();
    return wrong;
  }

  /* --- The three exits */

  function made() {
    var taken = Array.from(document.querySelectorAll('[id^="fn:"], [id^="tn:"]')).map(function (one) {
      return one.id.slice(3);
    });
    var target = draft.target || { block: fields.passage.value, whole: true };
    return own.files.file(Object.assign({}, draft, { target: target }), taken);
  }

  function exits() {
    var file = made(), forge = own.files.forge(file, draft.label);
    var open = forge && !forge.long;
    parts.forge.textContent = forge ? "Propose on " + forge.name : "Propose on the forge";
    parts.forge.setAttribute("role", "link");
    parts.forge.setAttribute("aria-disabled", open ? "false" : "true");
    parts.forge.tabIndex = 0;
    if (open) {
      parts.forge.href = forge.url;
    } else {
      parts.forge.removeAttribute("href");
    }
    parts.exits.textContent = !forge
      ? "Where the files of this edition are kept is not known here: download the file or copy it, and " +
        "send it to the editors."
      : forge.long
        ? "This is too long for an address (" + forge.length + " signs of " + forge.most + "): download the " +
          "file or copy it, and send it to the editors or upload it there. Nothing is lost."
        : "Sign in at " + forge.name + " first. " + (forge.issue ? "A new issue opens" : "The new file opens") +
          " in another tab, filled in; this draft stays here.";
  }

  function say(words) {
    parts.done.textContent = words;
  }

  /* Whether the draft may leave; else what is missing is told at its fields. */
  function ready() {
    tried = true;
    var wrong = refresh();
    if (wrong.length) {
      say(wrong.length === 1 ? "One thing is still to be done." : wrong.length + " things are still to be done.");
      fields[wrong[0][0]].focus();
    }
    return !wrong.length;
  }

  function propose(event) {
    if (!parts.forge.hasAttribute("href")) {
      say(parts.exits.textContent);
      event.preventDefault();
    } else if (!ready()) {
      event.preventDefault();
    } else {
      say("It opens in another tab. The draft stays here until you delete it.");
    }
  }

  /* A file that travels by itself says where it belongs. */
  function addressed(file) {
    return file.text.replace(/^---\n/, "---\n# " + file.path + "\n");
  }

  function download() {
    if (ready()) {
      var file = made();
      var link = h("a", { download: file.name,
        href: URL.createObjectURL(new Blob([addressed(file)], { type: "text/markdown;charset=utf-8" })) });
      link.click();
      setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
      say("The file " + file.name + " is among your downloads. Send it to the editors.");
    }
  }

  function copy() {
    if (!ready()) {
      return;
    }
    var text = addressed(made());
    function done(is) {
      say(is ? "Copied: paste it into a message to the editors." : "It could not be copied: download the file.");
    }
    if (navigator.clipboard && window.isSecureContext && location.protocol !== "file:") {
      navigator.clipboard.writeText(text).then(function () { done(true); }, function () { done(oldWay(text)); });
    } else {
      done(oldWay(text));
    }
  }

  function oldWay(text) {
    var before = document.activeElement;
    var holder = h("textarea", { "class": "ed-said", "aria-hidden": "true" });
    holder.value = text;
    panel.append(holder);
    holder.select();
    try {
      return document.execCommand("copy");
    } catch (error) {
      return false;
    } finally {
      holder.remove();
      before.focus();
    }
  }

  /* --- Opening and closing */

  function open(range, by) {
    opener = by;
    page = document.querySelector(".ed-text[data-document]");
    page.blocks = own.anchors.blocks();
    if (!panel) {
      panel = own.form.build(page.lang, {
        propose: propose, download: download, copy: copy, begin: begin, close: close, onKey: onKey,
        leaveField: leaveField, changed: changed, pickWords: pickWords, addKnown: addKnown, addNew: addNew
      });
    }
    fields.passage.replaceChildren.apply(fields.passage, page.blocks.filter(function (one) {
      return one.base.trim();
    }).map(function (one) { return h("option", { value: one.id }, label(one)); }));
    var passage = range ? own.anchors.chosen(range) : {};
    var mine = kept().filter(function (one) { return one.document === page.dataset.document; });
    /* The draft that is open takes the words; else they begin a draft of their own. */
    var waits = draft && draft.document === page.dataset.document && isOpen();
    panel.hidden = false;
    document.body.classList.add("ed-is-drafting");
    begin(waits ? draft : range ? null : mine[0] || null, passage.block && passage);
    if (passage.why) {
      parts.state.textContent = passage.why;
    }
    if (waits && passage.block) {
      save();
    }
    panel.querySelector("h2").focus();
  }

  function close() {
    leave();
    own.start();
    var word = document.querySelector(".ed-suggest");
    (opener && opener.isConnected ? opener : word).focus();
  }

  function isOpen() {
    return Boolean(panel && !panel.hidden);
  }

  function leave() {
    if (panel) {
      panel.hidden = true;
      document.body.classList.remove("ed-is-drafting");
    }
    if (window.CSS && CSS.highlights) {
      CSS.highlights.delete("ed-drafting");
    }
  }

  function onKey(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
  }

  own.panel = { open: open, leave: leave, isOpen: isOpen };
})();
