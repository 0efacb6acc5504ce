// Lighthouse on the pages that people open most, as a phone of the lower middle class on slow 4G: node lighthouse.js http://127.0.0.1:8680
// Writes the table in docs/performance.md. BC_ADMIN_USER and BC_ADMIN_PASSWORD: the first administrator.
import { readFile, writeFile } from 'node:fs/promises';
import lighthouse from 'lighthouse';
import puppeteer from 'puppeteer-core';

const gateway = process.argv[2];
const document = new URL('../../docs/performance.md', import.meta.url);
const begin = '<!-- portal: written by ./bc bench portal -->';
const end = '<!-- end of portal -->';
const rounds = 3; // the median of each score counts
const goals = { performance: 90, accessibility: 95, 'best-practices': 95 };

/** The cookies of a session, and its form token. */
async function signedIn(userName, password) {
  const first = await fetch(`${gateway}/session`);
  const { formToken } = await first.json();
  const kept = cookies(first);
  const answer = await fetch(`${gateway}/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Form-Token': formToken, Cookie: line(kept) },
    body: JSON.stringify({ userName, password }),
  });
  if (!answer.ok) throw new Error(`POST /session answered ${answer.status}: ${await answer.text()}`);
  return { kept: cookies(answer), formToken: (await answer.json()).formToken };
}

const cookies = (answer) => Object.fromEntries(answer.headers.getSetCookie().map((c) => c.split(';')[0].split(/=(.*)/)));
const line = (kept) => Object.entries(kept).map(([name, value]) => `${name}=${value}`).join('; ');

async function volunteer() {
  const [userName, password] = [`lighthouse-${crypto.randomUUID()}@example.org`, 'a long walk to the pearl 7'];
  const answer = await fetch(`${gateway}/api/identity/registrations`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ userName, password, role: 'volunteer' }),
  });
  if (!answer.ok) throw new Error(`the registration answered ${answer.status}`);
  const { kept, formToken } = await signedIn(userName, password);
  const applied = await fetch(`${gateway}/api/volunteer/volunteers`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Form-Token': formToken, Cookie: line(kept) },
    body: JSON.stringify({ name: 'Lighthouse', email: userName, languages: [{ language: 'hi', level: 'Native' }], skills: ['trainer'] }),
  });
  if (!applied.ok) throw new Error(`the application answered ${applied.status}: ${await applied.text()}`);
  return { kept };
}

const pages = [
  { name: 'the start, not signed in', path: '/' },
  { name: 'the scan station', path: '/scan?step=triage', ...(await signedIn(process.env.BC_ADMIN_USER, process.env.BC_ADMIN_PASSWORD)) },
  { name: "a volunteer's day", path: '/volunteer', ...(await volunteer()) },
];

const browser = await puppeteer.launch({ executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const rows = [];
let missed = false;
try {
  for (const page of pages) {
    const results = [];
    for (let i = 0; i < rounds; i++) {
      const context = await browser.createBrowserContext(); // nothing in its caches
      await context.setCookie(...Object.entries(page.kept ?? {}).map(([name, value]) => ({ name, value, domain: new URL(gateway).hostname, path: '/', httpOnly: true, sameSite: 'Strict' })));
      const { lhr } = await lighthouse(gateway + page.path, { logLevel: 'error', onlyCategories: Object.keys(goals), disableStorageReset: true }, undefined, await context.newPage());
      await context.close();
      if (new URL(lhr.finalDisplayedUrl).pathname !== page.path.split('?')[0]) throw new Error(`${page.path} ended at ${lhr.finalDisplayedUrl}`);
      results.push(lhr);
    }
    const scores = Object.keys(goals).map((category) => Math.round(100 * median(results.map((r) => r.categories[category].score))));
    const seconds = ['first-contentful-paint', 'largest-contentful-paint'].map((audit) => (median(results.map((r) => r.audits[audit].numericValue)) / 1000).toFixed(1));
    rows.push(`| ${page.name} | ${[...scores, ...seconds.map((s) => `${s} s`), `${Math.round(median(results.map((r) => r.audits['total-blocking-time'].numericValue)))} ms`].join(' | ')} |`);
    console.log(rows.at(-1));
    for (const [i, [category, goal]] of Object.entries(goals).entries()) {
      if (scores[i] >= goal) continue;
      missed = true;
      const audits = results.at(-1).categories[category].auditRefs.map((a) => results.at(-1).audits[a.id]).filter((a) => a.score !== null && a.score < 0.9);
      console.log(`  ${category} ${scores[i]} < ${goal}: ${audits.map((a) => `${a.id} (${a.displayValue ?? ''})`).join(', ')}`);
    }
  }
} finally {
  await browser.close();
}

const text = await readFile(document, 'utf8');
const table = [
  `Written ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC.`, '',
  '| page | performance (goal ≥ 90) | accessibility (≥ 95) | best practices (≥ 95) | first paint | largest paint | blocked |', '|---|---|---|---|---|---|---|', ...rows,
].join('\n');
const [before, rest] = text.split(begin);
if (rest) await writeFile(document, `${before}${begin}\n${table}\n${end}${rest.split(end)[1]}`);
process.exitCode = missed ? 1 : 0;
