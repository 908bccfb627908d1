/* Without this script the page is complete; with it the fields of the panel are made in which a note
   is drafted. */
const fields = {}, parts = {};

const button = (words, onclick, more) =>
  h("button", { type: "button", onclick, ...more }, words);
const exit = (words, give) => button(words, () => ready() && give(made()), { className: "ed-exit" });

const hint = (words = "", more) => h("p.ed-hint", more, words);

const field = (name, label, control, help) => {
  const id = `ed.draft-${name}`, says = h("label", { htmlFor: id }, label);
  control.id = id;
  control.setAttribute("aria-describedby", `${id}-fault ${id}-hint`);
  fields[name] = control;
  return h("div.ed-field", {}, says, control,
    hint(help, { id: `${id}-hint` }), h("p.ed-fault", { id: `${id}-fault` }));
};

const select = values => h("select", {}, values.map(value => h("option", { value }, value)));
const input = more => h("input", { autocomplete: "off", dir: "auto", ...more });
const area = more => h("textarea", { dir: "auto", ...more });
const tick = () => h("input", { type: "checkbox" });
const group = (legend, ...content) => h("fieldset", {}, h("legend", {}, legend), ...content);
const only = (what, ...content) => h("div", { "data-for": what }, ...content);

const WHAT = {
  note: "Suggest a note", emendation: "Propose an emendation",
  error: "Report an error in the transcription"
};
const CSL = [["title", "Title"], ["title-short", "Short title, as notes print it"],
  ["author", "Authors", "Surname, Given names; Surname, Given names"],
  ["container-title", "In: book, journal or site"], ["issued", "Year or day"],
  ["publisher", "Publisher"], ["page", "Pages"], ["archive", "Archive"],
  ["archive_location", "Place in the archive"], ["URL", "Address on the web"],
  ["locator", "Place in it", "p. 3"]];

/* Put the panel into the page. */
const build = () => {
  const part = (name, made) => parts[name] = made;
  panel = h("section.ed-drafting", { role: "dialog", "aria-labelledby": "ed.draft-title",
    onkeydown(event) {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      close();
    } },
  h("div.ed-drafting-head", {}, part("title", h("h2", { id: "ed.draft-title", tabIndex: -1 })),
    button("New", () => begin()), button("Close", close)),
  part("body", h("form.ed-drafting-body", { oninput: changed },
    part("drafts", h("details.ed-drafts", {})),
    group("What do you wish to do?", h("div.ed-what", {}, Object.keys(WHAT).map(value =>
      h("label", {}, h("input", { type: "radio", name: "ed.what", value }), WHAT[value])))),
    group("The passage",
      field("passage", "Paragraph", h("select"), "Select words on the page, or here in the paragraph:"),
      /* Where nothing can be typed, keys do not move either: so it can, and nothing comes of it. */
      part("words", area({ rows: 4, id: "ed.draft-words", "aria-readonly": "true", inputmode: "none",
        spellcheck: false, onselect: pickWords, onkeyup: pickWords, onpointerup: pickWords,
        "aria-label": "The paragraph as transcribed: select the words that you mean" })),
      only("note error", field("whole", "About this whole paragraph", tick())),
      part("quote", h("blockquote.ed-quoted", { dir: "auto" })),
      part("state", hint("", { role: "status" })), part("here", hint())),
    group("The note",
      field("label", "Label", input({ maxLength: 80 }), "A few words, for the margin and for lists"),
      only("note", field("kind", "Kind", select(data.kinds)),
        field("standing", "Standing: how sure it is", select(["", ...data.standings]))),
      only("emendation",
        field("reading", "To be read instead", input(), "Nothing, where the words are to be left out"),
        field("certainty", "Certainty", select(data.certainties),
          "Editors raise it to high: then it is read in the text"),
        field("evidence", "It rests on evidence that is", select(data.evidence)),
        field("fault", "It mends a slip of", select(data.faults))),
      field("text", "Text", area({ rows: 6 }),
        "*italic*, **bold**, [words](https://…), lists with -, quotations with >, sources as [@id, p. 3]"),
      part("preview", h("div.ed-preview", { dir: "auto" }))),
    group("Sources", part("sources", h("ul.ed-chosen", {})),
      h("div.ed-pair", {},
        field("source", "A source of the edition", input()),
        field("locator", "Place in it", input({ placeholder: "p. 3" })), button("Add", addKnown)),
      h("datalist", { id: "ed.sources" }, data.sources.map(([id, short, title]) =>
        h("option", { value: `${short || title} [${id}]` }, title))),
      part("fresh", h("details", {}, h("summary", {}, "A source that is not listed"),
        field("new-type", "What it is", select(["", ...data.types])),
        CSL.map(([name, label, help]) => field(`new-${name}`, label, input(), help)),
        button("Add this source", addNew)))),
    group("You",
      field("name", "Name, as it is to be printed", input({ autocomplete: "name" })),
      field("orcid", "ORCID iD, if you have one", input({ placeholder: "0000-0000-0000-0000" })),
      field("license", "Licence", input()),
      field("agreed", "I have written this myself, and give it under this licence.", tick())))),
  h("div.ed-drafting-foot", {},
    h("div.ed-exits", {},
      part("forge", h("a.ed-exit", { target: "_blank", rel: "noopener", tabIndex: 0, role: "link",
        "aria-describedby": "ed.draft-exits", onclick: propose })),
      exit("Download the file", download), exit("Copy", copy)),
    part("exits", hint("", { id: "ed.draft-exits" })),
    part("done", h("p.ed-done", { role: "status" }))));
  fields.source.setAttribute("list", "ed.sources");
  parts.words.addEventListener("beforeinput", event => event.preventDefault());
  parts.body.addEventListener("focusout", leaveField);
  document.body.append(panel);
};
