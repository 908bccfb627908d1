/* Without this script the page is complete; with it a note is drafted in a panel.

   It is kept in this browser from the first key on, and handed over by one of three exits. */
{
  const own = window.editionDrafting, { data, h, anchors, line } = own;
  const { button, fields, parts, CSL } = own.form, { places, within, snapped, quotation } = anchors;
  const KEPT = `edition.draft/${encodeURIComponent(data.edition)}/`;
  let panel, opener, draft, page, blocks, touched, tried;

  /* What is the same is not written again: a screen reader would say it again. */
  const put = (part, words) => {
    if (part.textContent !== words) part.textContent = words;
  };
  const say = words => put(parts.done, words);

  /* --- Drafts, in this browser; those that it does not take, as long as the page is open */

  const untaken = new Map();
  const key = one => `${KEPT}${one.document}/${one.id}`;

  const attempt = does => {
    try {
      return does(localStorage) || true;
    } catch {
      return false;
    }
  };

  const newId = () => Date.now().toString(36);

  const save = () => {
    let name = key(draft);
    /* Where another tab has written in it since, both are kept. */
    const { saved } = untaken.has(name) || attempt(store => JSON.parse(store[name]));
    if (saved && saved !== draft.saved) {
      draft.id = newId();
      name = key(draft);
      say("This draft was changed in another tab: both are kept.");
    }
    Object.assign(draft, { saved: Date.now(), page: location.pathname });
    untaken.delete(name);
    if (!attempt(store => store.setItem(name, JSON.stringify(draft)))) {
      untaken.set(name, draft);
      say("This browser keeps no drafts: download the file first.");
    }
    list();
  };

  addEventListener("storage", () => {
    if (isOpen()) list();
  });
  addEventListener("beforeunload", event => {
    if (untaken.size) event.preventDefault();
  });

  const kept = () => {
    const found = attempt(store => Object.keys(store).filter(name => name.startsWith(KEPT) && !untaken.has(name))
      .map(name => JSON.parse(store[name]))) || [];
    return [...found, ...untaken.values()].sort((one, other) => other.saved - one.saved);
  };

  const remove = one => {
    if (!confirm("Delete this draft for good?")) return;
    untaken.delete(key(one));
    attempt(store => store.removeItem(key(one)));
    if (one.id === draft.id) begin();
    list();
    (parts.drafts.hidden ? parts.title : parts.drafts.firstChild).focus();
  };

  const isHere = one => one.document === page.dataset.document;

  const list = () => {
    const found = kept();
    parts.drafts.hidden = !found.length;
    parts.drafts.replaceChildren(h("summary", {}, `Drafts kept in this browser: ${found.length}`),
      h("ul", {}, found.map(one => {
        const { label, target, saved, title } = one, words = label || (target && target.exact) || "Without a label";
        return h("li", {},
          one.id === draft.id ? h("b", {}, words) : isHere(one) ? button(words, () => begin(one))
            : h("a", { href: `${one.page}#${target ? target.block : ""}` }, words),
          ` ${isHere(one) ? "" : title + ", "}${new Date(saved).toLocaleString()} `,
          button("Delete", () => remove(one), "ed-plain", { "aria-label": `Delete the draft ${words}` }));
      })));
  };

  const empty = () => {
    const { name, orcid, license = data.license } = kept()[0] || {};
    return {
      id: newId(), document: page.dataset.document, what: "note", sources: [], name, orcid, license,
      title: document.querySelector("h1").textContent.trim(), kind: data.kinds[0],
      certainty: data.certainties[1], evidence: data.evidence[0], fault: data.faults[0]
    };
  };

  /* The fields whose values are kept as they are, half a source too. */
  const values = () => Object.entries(fields).filter(([name]) => name !== "passage" && name !== "whole");
  const valueOf = control => control.type === "checkbox" ? "checked" : "value";

  const radios = () => [...panel.querySelectorAll('[name="ed.what"]')];

  /* Take up a draft, or begin one with a passage or without. */
  const begin = (one, passage) => {
    draft = one || empty();
    touched = {};
    tried = false;
    say("");
    for (const radio of radios()) radio.checked = radio.value === draft.what;
    for (const [name, control] of values()) {
      control[valueOf(control)] = draft[name] = draft[name] || "";
    }
    parts.fresh.open = CSL.some(([name]) => draft[`new-${name}`]);
    if (passage) setPassage(passage.block, passage);
    else find();
    list();
  };

  /* --- The passage */

  const named = ({ parts: [first], base, kind }) => {
    const link = first.querySelector(".ed-perma"), words = base.trim();
    return `${(link && link.getAttribute("aria-label")) || kind}: ` +
      words.slice(0, 36) + (words[36] ? "…" : "");
  };

  const block = () => blocks.find(one => one.id === fields.passage.value);

  const inSight = () => blocks.find(({ parts: [first] }) => {
    const box = first.getBoundingClientRect();
    return box.height && box.bottom > 120;
  }) || blocks[0];

  /* Choose words of a block, or the whole of it. */
  const setPassage = (of, range) => {
    draft.target = range ? quotation(of, range) : { block: of.id };
    place(of, draft.target && range,
      draft.target ? "" : "They stand here more than once: choose a few more.");
  };

  /* Find the passage of a draft again: the text may have been corrected since. */
  const find = () => {
    const { target } = draft, of = target && blocks.find(one => one.id === target.block);
    const found = of && target.exact ? places(of.base, target) : [];
    if (of && (!target.exact || found.length === 1)) {
      place(of, found[0]);
    } else {
      draft.target = null;
      place(of || inSight(), null, target ? `The text has changed. Choose again: “${target.exact || ""}”.` : "");
    }
  };

  const place = (of, range, why) => {
    const { target } = draft, { base } = of, { start, end } = range || { start: 0, end: 0 };
    fields.passage.value = of.id;
    fields.whole.checked = Boolean(target && !target.exact);
    parts.words.lang = of.parts[0].closest("[lang]").lang;
    /* Whoever selects words there at this moment goes on selecting. */
    if (document.activeElement !== parts.words) {
      parts.words.value = base;
      parts.words.setSelectionRange(start, end);
    }
    parts.quote.replaceChildren();
    let words = target ? "The whole paragraph." : "No words are chosen yet.";
    if (range) {
      const before = base.slice(0, start), after = base.slice(end);
      parts.quote.append(before[60] ? `… ${before.slice(-50).replace(/^\S*\s/, "")}` : before,
        h("mark", {}, base.slice(start, end)),
        after[60] ? `${after.slice(0, 50).replace(/\s\S*$/, "")} …` : after);
      words = told(of, target);
    }
    put(parts.state, why || words);
    light(of, range || (target && { start: 0, end: base.length }));
    refresh();
  };

  const told = ({ base }, { exact, prefix, suffix }) => {
    const times = places(base, { exact }).length;
    const context = [prefix && `after “${prefix}”`, suffix && `before “${suffix}”`].filter(Boolean);
    return context.length ? `These words stand here ${times} times; yours are those ${context.join(" and ")}.`
      : "These words stand once in this paragraph.";
  };

  /* Show the passage on the page, and the notes whose passages share letters with it. */
  const light = (of, range) => {
    const names = range ? within(of, range).flatMap(one => {
      const span = one.node.parentElement.closest("[data-notes]");
      return span ? span.dataset.notes.split(" ") : [];
    }) : [];
    const notes = [...new Set(names)].flatMap(name => ["fn:", "tn:"].map(series =>
      document.getElementById(series + name))).filter(Boolean);
    parts.here.replaceChildren(...notes.flatMap((note, at) => {
      const words = note.querySelector(".ed-note-label, .ed-note-lemma, strong");
      return [at ? "; " : "Notes already here: ",
        h("a", { href: `#${note.id}` }, (words || note).textContent)];
    }));
    if (!window.Highlight) return;
    const shown = range && anchors.shown(of, range);
    CSS.highlights.delete("ed-drafting");
    if (shown) {
      CSS.highlights.set("ed-drafting", new Highlight(shown));
      /* The words that it is about are in sight, and not below the panel. */
      const { top, bottom, right } = shown.getBoundingClientRect(), over = panel.getBoundingClientRect();
      if (top < 99 || bottom > (over.left < right ? over.top : innerHeight)) scrollBy(0, top - 120);
    }
  };

  const pickWords = () => {
    const { value, selectionStart, selectionEnd } = parts.words;
    const range = snapped(value, selectionStart, selectionEnd);
    if (range && JSON.stringify(quotation(block(), range)) !== JSON.stringify(draft.target)) {
      setPassage(block(), range);
      save();
    }
  };

  /* What is wrong with a change of these words, as far as the page tells. */
  const emended = () => {
    const { target, certainty } = draft;
    const of = block(), [range] = target && target.exact ? places(of.base, target) : [];
    return range && certainty === data.certainties[0] && within(of, range).some(one => (one.read || one.wit) && !one.dropped)
      ? "They are emended already: choose a lower certainty, or write a note." : "";
  };

  /* --- Sources */

  const addKnown = () => {
    const { source, locator } = fields, [, id] = /\[([^[\]]+)\]\s*$/.exec(source.value) || ["", source.value.trim()];
    const is = data.sources.some(one => one[0] === id);
    fault("source", is ? "" : "Choose one of the list, or describe it.");
    if (is) {
      add({ id, locator: line(locator.value) }, [source, locator]);
      source.focus();
    }
  };

  const addNew = () => {
    const names = ["type", ...CSL.map(one => one[0])];
    const { locator, ...fresh } = Object.fromEntries(names.map(name => [name, line(fields[`new-${name}`].value)]));
    const id = own.derived(fresh["title-short"], "source", []);
    const wrong = own.sourceFaults(fresh, id, [...data.sources.map(one => one[0]), ...draft.sources.map(one => one.id)]);
    for (const name of names) fault(`new-${name}`, (wrong.find(one => one[0] === name) || ["", ""])[1]);
    if (wrong.length) fields[`new-${wrong[0][0]}`].focus();
    else add({ id, locator, fresh }, names.map(name => fields[`new-${name}`]));
  };

  const add = (one, written) => {
    draft.sources = [...draft.sources.filter(other => other.id !== one.id), one];
    for (const control of written) control.value = "";
    changed();
  };

  const listSources = () => parts.sources.replaceChildren(...draft.sources.map(one => {
    const { id, locator } = one, words = own.called(id, draft.sources), place = locator ? `, ${locator}` : "";
    return h("li", {}, `${words}${place} `, button("Cite in the text", () => {
      const { text } = fields;
      const space = /[^\s(]$/.test(text.value.slice(0, text.selectionStart)) ? " " : "";
      text.setRangeText(`${space}[@${id}${place}]`, text.selectionStart, text.selectionEnd, "end");
      text.focus();
      changed();
    }), " ", button("Remove", () => {
      draft.sources = draft.sources.filter(other => other !== one);
      changed();
      fields.source.focus();
    }, "ed-plain", { "aria-label": `Remove ${words}` }));
  }));

  /* --- What is typed */

  const changed = ({ target } = {}) => {
    if (target === parts.words) {
      target.value = block().base;
      return;
    }
    const was = draft.what;
    draft.what = radios().find(one => one.checked).value;
    for (const [name, control] of values()) draft[name] = control[valueOf(control)];
    if (draft.what === "error" && was !== "error") {
      Object.assign(draft, data.doubt);
      fields.kind.value = draft.kind;
      fields.standing.value = draft.standing;
    }
    if (target === fields.whole && target.checked) {
      setPassage(block(), null);
    } else if (target === fields.passage || target === fields.whole) {
      draft.target = null;
      place(block(), null);
    }
    if (target !== fields.passage) save();
    refresh();
  };

  const leaveField = ({ target }) => {
    const part = target.closest("[data-field]");
    if (part && target.value) {
      touched[part.dataset.field] = true;
      refresh();
    }
  };

  const fault = (name, message) => {
    const control = fields[name];
    put(document.getElementById(`${control.id}-fault`), message);
    control.setAttribute("aria-invalid", Boolean(message));
  };

  const refresh = () => {
    const { what, text, sources } = draft, { found, nodes } = own.check(draft, emended());
    panel.dataset.what = what;
    for (const one of panel.querySelectorAll("[data-for]")) one.hidden = one.dataset.for !== what;
    fields.whole.closest(".ed-field").hidden = what === "emendation";
    for (const name in fields) {
      if (!/^new-|^source$/.test(name)) {
        fault(name, tried || touched[name] ? found.filter(one => one[0] === name).map(one => one[1]).join(" ") : "");
      }
    }
    const written = JSON.stringify([what, text, sources]);
    if (parts.preview.written !== written) {
      parts.preview.written = written;
      parts.preview.replaceChildren(...nodes);
      listSources();
    }
    exits();
    return found;
  };

  /* --- The three exits */

  const made = () => {
    const taken = [...document.querySelectorAll('[id^="fn:"], [id^="tn:"]')].map(one => one.id.slice(3));
    return own.file({ ...draft, target: draft.target || { block: fields.passage.value } }, taken);
  };

  const exits = () => {
    const forge = own.forge(made(), draft.label), isOpen = forge && forge.length <= forge.most;
    put(parts.forge, `Propose on ${forge ? forge.name : "the forge"}`);
    parts.forge.setAttribute("aria-disabled", !isOpen);
    if (isOpen) parts.forge.href = forge.url;
    else parts.forge.removeAttribute("href");
    put(parts.exits, isOpen
      ? `Sign in at ${forge.name} first. ${forge.isIssue ? "A new issue opens" : "The new file opens"} in ` +
        "another tab, filled in; this draft stays here."
      : (forge ? `This is too long for an address: ${forge.length} signs, and ${forge.most} are taken. Nothing is lost.`
        : "Where the files of this edition are kept is not known here.") +
        " Download the file or copy it, and send it to the editors.");
  };

  /* Whether the draft may leave; else what is missing is told at its fields. */
  const ready = () => {
    tried = true;
    const { length, 0: first } = refresh();
    if (length) {
      say(`${length} still to be done.`);
      fields[first[0]].focus();
    }
    return !length;
  };

  const propose = event => {
    if (!parts.forge.href) say(parts.exits.textContent);
    else if (ready()) return say("");
    event.preventDefault();
  };

  /* A file that travels by itself says where it belongs. */
  const addressed = ({ path, text }) => text.replace("---\n", () => `---\n# ${path}\n`);

  const download = () => {
    if (!ready()) return;
    const file = made(), { name } = file;
    const content = new Blob([addressed(file)], { type: "text/markdown;charset=utf-8" });
    h("a", { download: name, href: URL.createObjectURL(content) }).click();
    say(`${name} is downloaded: send it to the editors.`);
  };

  /* The old way of copying is the one that needs no leave and works from a folder too. */
  const copy = () => {
    if (!ready()) return;
    const before = document.activeElement, holder = h("textarea.ed-said", { value: addressed(made()) });
    panel.append(holder);
    holder.select();
    say(document.execCommand("copy") ? "Copied: paste it into a message to the editors."
      : "Not copied: download the file.");
    holder.remove();
    before.focus();
  };

  /* --- Opening and closing */

  const open = (range, by) => {
    page = document.querySelector(".ed-text[data-document]");
    blocks = anchors.blocks();
    panel = panel || own.form.build({
      propose, download, copy, begin, close, onKey, leaveField, changed, pickWords, addKnown, addNew
    });
    opener = by;
    fields.passage.replaceChildren(...blocks.filter(one => one.base.trim()).map(one =>
      h("option", { value: one.id }, named(one))));
    const passage = range ? anchors.chosen(range) : {};
    /* The draft that is open takes the words; else they begin a draft of their own. */
    const waits = draft && isOpen() && isHere(draft);
    panel.hidden = false;
    document.body.classList.add("ed-is-drafting");
    begin(waits ? draft : range ? null : kept().find(isHere), passage.block && passage);
    if (passage.why) put(parts.state, passage.why);
    if (waits && passage.block) save();
    if (range) getSelection().removeAllRanges();
    parts.title.focus();
  };

  const close = () => {
    leave();
    own.start();
    /* Back to where one was: the words that were selected, or the word in the bar. */
    const back = opener.isConnected ? opener : block().parts[0].querySelector(".ed-perma");
    (back || document.querySelector(".ed-suggest")).focus({ preventScroll: true });
  };

  const isOpen = () => Boolean(panel && !panel.hidden);

  const leave = () => {
    if (!panel) return;
    panel.hidden = true;
    document.body.classList.remove("ed-is-drafting");
    if (window.Highlight) CSS.highlights.delete("ed-drafting");
  };

  const onKey = event => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
  };

  own.panel = { open, leave, isOpen };
}
