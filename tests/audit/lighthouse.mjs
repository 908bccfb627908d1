// Judges pages of a served site: node lighthouse.mjs ADDRESS PAGE… prints what is not perfect.
import lighthouse from "lighthouse";
import * as chromeLauncher from "chrome-launcher";

const [address, ...pages] = process.argv.slice(2);
const chrome = await chromeLauncher.launch({
  chromePath: process.env.EDITION_CHROMIUM || undefined,
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"],
});
let faults = 0;
for (const page of pages) {
  const { lhr } = await lighthouse(address + page, {
    port: chrome.port,
    onlyCategories: ["accessibility", "best-practices", "seo"],
    logLevel: "error",
  });
  const scores = Object.values(lhr.categories).map(one => `${one.title} ${Math.round(one.score * 100)}`);
  console.log(`${page || "(first page)"}: ${scores.join(", ")}`);
  for (const { id, weight } of Object.values(lhr.categories).flatMap(one => one.auditRefs)) {
    const audit = lhr.audits[id];
    if (weight > 0 && audit.score !== null && audit.score < 1) {
      faults += 1;
      const where = (audit.details?.items ?? []).slice(0, 5).map(item =>
        item.node?.snippet ?? item.text ?? JSON.stringify(item).slice(0, 200));
      console.log(`  ${audit.title}\n    ${where.join("\n    ")}`);
    }
  }
}
await chrome.kill();
process.exit(faults ? 1 : 0);
