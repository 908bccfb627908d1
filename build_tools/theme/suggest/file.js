/* Without this script the page is complete; with it a draft becomes the file of a note, told what
   `edition check` would say of it, and the address at which it can be proposed. */
const LONGEST = 6000;
const DATE = /^\d{4}(?!-(02-3|(0[2469]|11)-31))(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?[?~%]?$/;
const ORCID = /^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/;
const REFUSED = /(?![\n\t])[\p{Cc}\p{Cs}\p{NChar}\ufeff\u202a-\u202e\u2066-\u2069]/gu;
const ESCAPED = /[\u2028-\u202e\u2066-\u2069]/g;
const SPACES = /\s+/g, MARKS = /\p{M}|['’]/gu, WORDS = /[a-z0-9]+/g;
const DEVICE = /^(\d|$|(con|prn|aux|nul|(com|lpt)[1-9])$)/;
const QUOTED = /“[^”]*”|"[^"]*"/g;

/* --- Words as a source has them */

const clean = text => (text || "").normalize("NFC").replace(/\r\n?/g, "\n").replace(REFUSED, "");
const line = text => clean(text).replace(SPACES, " ").trim();

/* A JSON string is a YAML string, whatever stands in it. */
const quoted = text => JSON.stringify(text).replace(ESCAPED, sign =>
  "\\u" + sign.charCodeAt(0).toString(16));

/* A value as YAML, one thing a line; what has nothing in it is left out, but for a reading. */
const yaml = (value, start) => typeof value === "string" ? " " + quoted(value)
  : Array.isArray(value) ? value.map(one => `${start}- ${yaml(one, start + "  ").trim()}`).join("")
    : Object.keys(value).filter(key => key === "reading" || (value[key] && value[key].length !== 0))
      .map(key => `${start}${key}:${yaml(value[key], start + "  ")}`).join("");

/* An id that nothing has yet, from what a thing is called. */
const derived = (called, kind, taken) => {
  let name = (called.toLowerCase().normalize("NFKD").replace(MARKS, "").match(WORDS) || []).join("-")
    .replace(/^(.{1,40})(-.*)?$/, "$1").slice(0, 40);
  if (DEVICE.test(name)) name = `${kind}-${name}`.replace(/-$/, "");
  let found = name, number = 1;
  while (taken.includes(found)) found = `${name}-${number += 1}`;
  return found;
};

/* An ORCID iD as it is printed, from an address or from bare digits. */
const iD = text => line(text).toUpperCase().replace(/\/$|[\s-]/g, "").replace(/^.*\//, "")
  .replace(/.{4}(?=.)/g, "$&-");

/* The last of sixteen digits proves the others: ISO 7064, modulus 11-2. */
const proven = text => ORCID.test(text) && [...text.replace(/-/g, "")].reduce((sum, sign) =>
  sum * 2 + (sign === "X" ? 10 : +sign), 0) % 11 === 1;

/* --- The file */

const person = name => {
  const [family, ...given] = name.split(",").map(line);
  return family && given[0] ? { family, given: given.join(", ") } : { literal: name };
};

const source = ({ id, locator, fresh }) => fresh ? {
  new: { id, ...fresh, author: fresh.author.split(";").map(line).filter(Boolean).map(person) }, locator
} : locator ? { source: id, locator } : id;

/* A report of an error says of itself what it is, once: nobody has looked yet. */
const body = ({ what, text }) => (what === "error" && text.trim()
  && !RegExp(data.unverified, "i").test(text) ? data.unchecked : "") + clean(text);

/* The file of a draft: {path, name, text}; `taken` are the ids of the document's records. */
const file = (draft, taken) => {
  const { what, target, kind, standing, certainty, evidence, fault, sources } = draft;
  const isEmendation = what === "emendation", shelf = isEmendation ? "emendation" : "note";
  const label = line(draft.label), name = derived(label, shelf, taken) + ".md";
  const values = {
    ...isEmendation ? { changes: [{ ...target, reading: line(draft.reading) }] } : { target },
    label,
    ...isEmendation ? { certainty, evidence, fault } : { kind, standing },
    author: { name: line(draft.name), orcid: iD(draft.orcid) },
    license: line(draft.license),
    /* Swedish writes a day as the file does. */
    date: new Date().toLocaleDateString("sv"),
    sources: sources.map(source)
  };
  const words = body(draft).replace(/[^\S\n]+$/gm, "").replace(/^\n+|\n+$/g, "");
  return {
    path: `edition/documents/${draft.document}/${shelf}s/${name}`,
    name,
    text: `---${yaml(values, "\n")}\n---\n${words}\n`
  };
};

/* --- The rules of the check, told at the field they are about: [field, message] */

/* What is wrong with a draft, and the nodes that show its text. */
const judged = draft => {
  const { what, target, standing, sources } = draft, { nodes, faults } = prose(body(draft), sources);
  /* Words and standing agree: a fact has a source and does not hedge, a guess says that it is one. */
  const { sourced, never, says } = what === "note" && data.agrees[standing] || {};
  const words = nodes.filter(one => one.localName === "p").map(plain).join(" ").replace(QUOTED, "");
  const found = pattern => pattern ? new RegExp(pattern, "i").exec(words) : [];
  const [hedge] = found(never) || [], orcid = iD(draft.orcid), is = name => line(draft[name]);
  return { nodes, found: [
    ["passage", "Choose words, or the whole paragraph.", !target],
    ["label", "It has no label yet.", !is("label")],
    ...what === "emendation" ? [
      ["passage", "Choose the words that it changes.", target && !target.exact],
      ["reading", "This is what stands there.", target && is("reading") === target.exact],
      ["passage", "They are emended already: choose a lower certainty, or write a note.", isEmended()]
    ] : [
      ["standing", "Say how sure it is.", !standing],
      ["standing", `A ${standing} names its source: cite one, or choose another.`,
        sourced && !sources.length && !draft.text.includes("[@")],
      ["standing", `A ${standing} does not say “${hedge}”: choose another, or state it.`, hedge],
      ["standing", "The text should say that it is one, or what has not been verified.",
        draft.text && !found(says)]
    ],
    ...faults.map(message => ["text", message, message]),
    ["name", "Sign it with your name.", !is("name")],
    ["orcid", "One of its sixteen digits is wrong or missing: the last proves the others.", orcid && !proven(orcid)],
    ["license", "Say under which licence you give it.", !is("license")],
    ["agreed", "Say that it is yours to give.", !draft.agreed]
  ].filter(one => one[2]) };
};

/* --- Where it can be proposed */

const NAMES = { github: "GitHub", forgejo: "Forgejo", gitea: "Gitea", gitlab: "GitLab" };

/* {name, length, href}: `length` is that of the address written into the address of a page
   to sign in at, as forges do. Where it is more than they take, there is no `href`: nothing is cut off. */
const forge = ({ path, text }, title) => {
  const { repository, branch, forge: kind } = data, name = NAMES[kind], isIssue = kind === "gitlab";
  if (!repository || !name) return {};
  const url = new URL(repository + (isIssue ? "/-/issues/new"
    : kind === "github" ? `/new/${branch}` : `/_new/${branch}/`));
  url.search = new URLSearchParams(isIssue
    ? { "issue[title]": title, "issue[description]": `${path}\n\n\`\`\`\`\n${text}\`\`\`\`\n` }
    : { filename: path, value: text });
  const { length } = `${url.origin}/login?return_to=${encodeURIComponent(url)}`;
  return { name, length, href: length > LONGEST ? "" : url.href };
};
