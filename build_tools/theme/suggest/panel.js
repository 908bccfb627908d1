/* Without this script the page is complete; with it a note is drafted in a panel.

   It is kept in this browser from the first key on, and handed over by one of three exits. */
let panel, opener, draft, page, blocks, touched, tried;
/* The passage that is chosen: its block, and its range of base text where it is words. */
let of, range;

/* A browser that lights no words does without. */
const lights = CSS.highlights || new Map(), Lit = window.Highlight || Array;

/* What is the same is not written again: a screen reader would say it again. */
const put = (part, words) => {
  if (part.textContent !== words) part.textContent = words;
};
const say = words => put(parts.done, words);

/* --- Drafts, in this browser; those that it does not take, as long as the page is open */

const untaken = new Map();
const key = one => `${own.kept}${one.document}/${one.id}`;

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

addEventListener("storage", () => isOpen() && list());
addEventListener("beforeunload", event => {
  if (untaken.size) event.preventDefault();
});

const kept = () => {
  const found = attempt(store => Object.keys(store).filter(name => name.startsWith(own.kept) && !untaken.has(name))
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
      const { label, target, saved, title } = one, words = label || target?.exact || "Without a label";
      return h("li", {},
        one.id === draft.id ? h("b", {}, words) : isHere(one) ? button(words, () => begin(one))
          : h("a", { href: `${one.page}#${target?.block || ""}` }, words),
        ` ${isHere(one) ? "" : title + ", "}${new Date(saved).toLocaleString()} `,
        button("Delete", () => remove(one), { "aria-label": `Delete the draft ${words}` }));
    })));
};

const empty = () => {
  const { name, orcid, license = data.license } = kept()[0] || {};
  return {
    id: newId(), document: page.dataset.document, what: "note", sources: [], name, orcid, license,
    title: document.querySelector("h1").innerText, certainty: data.certainties[1]
  };
};

/* What a field holds; all are kept as they are, half a source too. */
const valueOf = control => control.type === "checkbox" ? "checked" : "value";

const whats = () => parts.body.elements["ed.what"];

/* Take up a draft, or begin one with a passage or without. */
const begin = (one, passage) => {
  draft = one || empty();
  touched = {};
  tried = false;
  say("");
  whats().value = draft.what;
  for (const [name, control] of Object.entries(fields)) {
    /* Of a list the first. */
    control[valueOf(control)] = draft[name] = draft[name] || control[0]?.value || "";
  }
  parts.fresh.open = CSL.some(([name]) => draft[`new-${name}`]);
  if (passage) setPassage(passage.block, passage);
  else find();
  list();
};

/* --- The passage */

const named = ({ parts: [first], base }) =>
  `${first.querySelector(".ed-perma")?.ariaLabel || first.dataset.kind}: ${base.trim().replace(/(?<=^[^]{36})[^]+/, "…")}`;

const block = id => blocks.find(one => one.id === id);

const inSight = () => blocks.find(({ parts: [first] }) => {
  const box = first.getBoundingClientRect();
  return box.height && box.bottom > 120;
}) || blocks[0];

/* Find the passage of a draft again: the text may have been corrected since. */
const find = () => {
  const { target } = draft, is = block(target?.block);
  const [found, other] = is && target.exact ? places(is.base, target) : [];
  if (is && !target.exact) setPassage(is, null, true);
  else if (found && !other) setPassage(is, found);
  else setPassage(is || inSight(), null, false, target && `The text has changed. Choose again: “${target.exact || ""}”.`);
};

/* Choose words of a block, or the whole of it, or nothing yet. */
const setPassage = (is, words, isWhole, why) => {
  of = is;
  range = words;
  const { base } = of, { start, end } = range || { start: 0, end: 0 };
  const target = draft.target = range ? quotation(of, range) : isWhole ? { block: of.id } : null;
  fields.passage.value = of.id;
  fields.whole.checked = isWhole;
  parts.words.lang = of.parts[0].closest("[lang]").lang;
  /* Whoever selects words there at this moment goes on selecting. */
  if (document.activeElement !== parts.words) {
    parts.words.value = base;
    parts.words.setSelectionRange(start, end);
  }
  parts.quote.replaceChildren();
  let says = target ? "The whole paragraph." : "No words are chosen yet.";
  if (range) {
    const before = base.slice(0, start), after = base.slice(end);
    parts.quote.append(before.replace(/^[^]+\s(?=[^]{40})/, "… "), h("mark", {}, base.slice(start, end)),
      after.replace(/(?<=[^]{40})\s[^]+/, " …"));
    const times = places(base, { exact: target.exact }).length, context = [
      target.prefix && `after “${target.prefix}”`, target.suffix && `before “${target.suffix}”`
    ].filter(Boolean).join(" and ");
    says = context ? `These words stand here ${times} times; yours are those ${context}.`
      : "These words stand once in this paragraph.";
  }
  put(parts.state, why || says);
  light(range || (target && { start: 0, end: base.length }));
  refresh();
};

/* Show the passage on the page, and the notes whose passages share letters with it. */
const light = letters => {
  const names = letters ? within(of, letters).flatMap(one =>
    one.node.parentElement.closest("[data-notes]")?.dataset.notes.split(" ") || []) : [];
  const notes = [...new Set(names)].map(noteOf).filter(Boolean);
  parts.here.replaceChildren(...notes.flatMap((note, at) => {
    const words = note.querySelector(".ed-note-label, .ed-note-lemma, strong");
    return [at ? "; " : "Notes already here: ",
      h("a", { href: `#${note.id}` }, (words || note).textContent)];
  }));
  const lit = letters && shown(of, letters);
  lights.delete("ed-drafting");
  if (lit) {
    lights.set("ed-drafting", new Lit(lit));
    /* The words that it is about are in sight, and not below the panel. */
    const { top, bottom, right } = lit.getBoundingClientRect(), over = panel.getBoundingClientRect();
    if (top < 99 || bottom > (over.left < right ? over.top : innerHeight)) scrollBy(0, top - 120);
  }
};

const pickWords = () => {
  const { value, selectionStart, selectionEnd } = parts.words;
  const words = snapped(value, { start: selectionStart, end: selectionEnd });
  if (words && (words.start !== range?.start || words.end !== range.end)) {
    setPassage(of, words);
    save();
  }
};

/* What is wrong with a change of these words, as far as the page tells. */
const isEmended = () => range && draft.certainty === data.certainties[0] &&
  within(of, range).some(one => (one.read || one.wit) && !one.dropped);

/* --- Sources */

const addKnown = () => {
  const { source, locator } = fields, [id] = /[a-z0-9-]+(?=\]?\s*$)/.exec(source.value) || [];
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
  const { issued, URL } = fresh, id = derived(fresh["title-short"], "source", []);
  const wrong = [
    ...["type", "title", "title-short"].map(name => [name, "It needs this.", !fresh[name]]),
    ["issued", "Write a year or a day: 1962, 1962-11, 1962-11-01.", issued && !DATE.test(issued)],
    ["URL", "Write a whole address: https://…", URL && !(WEB.test(URL) && URL[0] === "h")],
    ["title-short", "The edition has this source: choose it above.", called(id, draft.sources)]
  ].filter(one => one[2]);
  for (const name of names) fault(`new-${name}`, wrong.find(one => one[0] === name)?.[1] || "");
  if (wrong.length) fields[`new-${wrong[0][0]}`].focus();
  else add({ id, locator, fresh }, names.map(name => fields[`new-${name}`]));
};

const add = (one, written) => {
  draft.sources = [...draft.sources.filter(other => other.id !== one.id), one];
  for (const control of written) control.value = "";
  changed();
};

const listSources = () => parts.sources.replaceChildren(...draft.sources.map(one => {
  const { id, locator } = one, words = called(id, draft.sources), place = locator ? `, ${locator}` : "";
  return h("li", {}, `${words}${place} `, button("Cite in the text", () => {
    const { text } = fields, isAfterWord = /[^\s(]$/.test(text.value.slice(0, text.selectionStart));
    text.focus();
    /* As if it were typed: it can be taken back. */
    document.execCommand("insertText", false, `${isAfterWord ? " " : ""}[@${id}${place}]`);
  }), " ", button("Remove", () => {
    draft.sources = draft.sources.filter(other => other !== one);
    changed();
    fields.source.focus();
  }, { "aria-label": `Remove ${words}` }));
}));

/* --- What is typed */

const changed = ({ target } = {}) => {
  if (target === parts.words) {
    target.value = of.base;
    return;
  }
  const was = draft.what;
  draft.what = whats().value;
  if (draft.what === "error" && was !== "error") {
    for (const name in data.doubt) fields[name].value = data.doubt[name];
  }
  for (const [name, control] of Object.entries(fields)) draft[name] = control[valueOf(control)];
  if (target === fields.passage) setPassage(block(target.value));
  if (target === fields.whole) setPassage(of, null, target.checked);
  if (target !== fields.passage) save();
  refresh();
};

const leaveField = ({ target }) => {
  touched[target.id] = target.value;
  refresh();
};

const fault = (name, message) => {
  const control = fields[name];
  put(document.getElementById(`${control.id}-fault`), message);
  control.setAttribute("aria-invalid", Boolean(message));
};

const refresh = () => {
  const { what, text, sources } = draft, { found, nodes } = judged(draft);
  put(parts.title, WHAT[what]);
  for (const one of all("[data-for]")) one.hidden = !one.dataset.for.includes(what);
  for (const name in fields) {
    if (!/^new-|^source$/.test(name)) {
      fault(name, tried || touched[fields[name].id] ? found.filter(one => one[0] === name).map(one => one[1]).join(" ") : "");
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
  const taken = all('[id^="fn:"], [id^="tn:"]').map(one => one.id.slice(3));
  return file({ ...draft, target: draft.target || { block: of.id } }, taken);
};

const exits = () => {
  const { name, length, href } = forge(made(), draft.label);
  put(parts.forge, `Propose on ${name || "the forge"}`);
  parts.forge.setAttribute("aria-disabled", !href);
  if (href) parts.forge.href = href;
  else parts.forge.removeAttribute("href");
  put(parts.exits, href
    ? `Sign in at ${name} first. It opens in another tab, filled in; this draft stays here.`
    : (name ? `This is too long for an address: ${length} signs, and ${LONGEST} are taken. Nothing is lost`
      : "Where the files of this edition are kept is not known here") +
      ": download the file or copy it, and send it to the editors.");
};

/* Whether the draft may leave; else what is missing is told at its fields. */
const ready = () => {
  tried = true;
  const { length, 0: first } = refresh();
  say(length ? `${length} still to be done.` : "");
  if (length) fields[first[0]].focus();
  return !length;
};

const propose = event => {
  if (!parts.forge.href) say(parts.exits.textContent);
  if (!parts.forge.href || !ready()) event.preventDefault();
};

/* A file that travels by itself says where it belongs. */
const addressed = ({ path, text }) => `---\n# ${path}${text.slice(3)}`;

const download = note => {
  const { name } = note, content = new Blob([addressed(note)], { type: "text/markdown;charset=utf-8" });
  h("a", { download: name, href: URL.createObjectURL(content) }).click();
  say(`${name} is downloaded: send it to the editors.`);
};

/* The old way of copying is the one that needs no leave and works from a folder too. */
const copy = note => {
  const before = document.activeElement, holder = h("textarea.ed-said", { value: addressed(note) });
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
  blocks = readBlocks();
  if (!panel) build();
  opener = by;
  fields.passage.replaceChildren(...blocks.filter(one => one.base.trim()).map(one =>
    h("option", { value: one.id }, named(one))));
  const passage = range ? chosen(range) : {};
  /* The draft that is open takes the words; else they begin a draft of their own. */
  const waits = draft && isOpen() && isHere(draft);
  panel.hidden = false;
  begin(waits ? draft : range ? null : kept().find(isHere), passage.block && passage);
  if (passage.why) put(parts.state, passage.why);
  if (waits && passage.block) save();
  if (range) getSelection().removeAllRanges();
  parts.title.focus();
};

const close = () => {
  own.start();
  /* Back to where one was: the words that were selected, or the word in the bar. */
  const back = opener.isConnected ? opener : of.parts[0].querySelector(".ed-perma");
  (back || document.querySelector(".ed-suggest")).focus({ preventScroll: true });
};

const isOpen = () => panel?.hidden === false;

const leave = () => {
  if (!panel) return;
  panel.hidden = true;
  lights.delete("ed-drafting");
};

own.panel = { open, leave, isOpen };
