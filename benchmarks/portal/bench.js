// The portal in a browser: node bench.js http://127.0.0.1:8680 [--quick]. Lighthouse on the pages that people open most, as a phone of the lower middle
// class on slow 4G, and a list of 20,000 devices scrolled to its end. Writes benchmarks/results/portal.json and the tables in docs/performance.md.
// BC_ADMIN_USER and BC_ADMIN_PASSWORD: the first administrator. BC_POSTGRES, BC_POSTGRES_BIN: where the devices are put.
import { readFile, writeFile } from 'node:fs/promises';
import lighthouse from 'lighthouse';
import puppeteer from 'puppeteer-core';
import { DEVICES, fill, scroll } from './scroll.js';

const gateway = process.argv[2];
const quick = process.argv.includes('--quick');
const document = new URL('../../docs/performance.md', import.meta.url);
const results = new URL('../results/portal.json', import.meta.url);
const begin = '<!-- portal: written by ./bc bench portal -->';
const end = '<!-- end of portal -->';
const rounds = quick ? 1 : 3; // the median of each figure counts
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

const office = await signedIn(process.env.BC_ADMIN_USER, process.env.BC_ADMIN_PASSWORD);
const pages = [
  { name: 'the start, not signed in', path: '/' },
  { name: 'the scan station', path: '/scan?step=triage', ...office },
  { name: "a volunteer's day", path: '/volunteer', ...(await volunteer()) },
];

// The long list is scrolled within one call, for up to five minutes.
const browser = await puppeteer.launch({ executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox'], protocolTimeout: 400_000 });
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const visits = [];
let list;
let missed = false;

/** A browser with nothing in its caches. */
async function visitor(kept = {}) {
  const context = await browser.createBrowserContext();
  await context.setCookie(...Object.entries(kept).map(([name, value]) => ({ name, value, domain: new URL(gateway).hostname, path: '/', httpOnly: true, sameSite: 'Strict' })));
  return { context, page: await context.newPage() };
}

try {
  for (const { name, path, kept } of pages) {
    const reports = [];
    for (let i = 0; i < rounds; i++) {
      const { context, page } = await visitor(kept);
      const { lhr } = await lighthouse(gateway + path, { logLevel: 'error', onlyCategories: Object.keys(goals), disableStorageReset: true }, undefined, page);
      await context.close();
      if (new URL(lhr.finalDisplayedUrl).pathname !== path.split('?')[0]) throw new Error(`${path} ended at ${lhr.finalDisplayedUrl}`);
      reports.push(lhr);
    }
    const of = (audit) => median(reports.map((r) => r.audits[audit].numericValue));
    const scores = Object.fromEntries(Object.keys(goals).map((c) => [c, Math.round(100 * median(reports.map((r) => r.categories[c].score)))]));
    visits.push({
      name, path, scores,
      firstPaintMs: Math.round(of('first-contentful-paint')), largestPaintMs: Math.round(of('largest-contentful-paint')), usableMs: Math.round(of('interactive')),
      blockedMs: Math.round(of('total-blocking-time')), layoutShift: of('cumulative-layout-shift'),
      scriptBytes: median(reports.map((r) => r.audits['network-requests'].details.items.filter((f) => f.resourceType === 'Script').reduce((sum, f) => sum + f.transferSize, 0))),
    });
    console.log(JSON.stringify(visits.at(-1)));
    for (const [category, goal] of Object.entries(goals)) {
      if (scores[category] >= goal) continue;
      missed = true;
      const last = reports.at(-1);
      const audits = last.categories[category].auditRefs.map((a) => last.audits[a.id]).filter((a) => a.score !== null && a.score < 0.9);
      console.log(`  ${category} ${scores[category]} < ${goal}: ${audits.map((a) => `${a.id} (${a.displayValue ?? ''})`).join(', ')}`);
    }
  }

  const place = await fill();
  const { context, page } = await visitor(office.kept);
  list = await scroll(page, `${gateway}/stock?place=${place}`);
  await context.close();
  console.log(JSON.stringify(list));
} finally {
  await browser.close();
}

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
const tables = [
  `Written ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC.`, '',
  '| page | performance (goal ≥ 90) | accessibility (≥ 95) | best practices (≥ 95) | first paint | largest paint | usable | blocked | script |', '|---|---|---|---|---|---|---|---|---|',
  ...visits.map((v) => `| ${[v.name, ...Object.values(v.scores), seconds(v.firstPaintMs), seconds(v.largestPaintMs), seconds(v.usableMs), `${v.blockedMs} ms`, `${Math.round(v.scriptBytes / 1000)} kB`].join(' | ')} |`), '',
  `A list of ${DEVICES.toLocaleString('en')} devices with a processor slowed down four times: frames at three screens a second, then scrolled to its end as fast as it goes:`, '',
  '| frames | median | worst | longer than 50 ms | waited for the next page on the way to the end | most rows in the page |', '|---|---|---|---|---|---|',
  `| ${[list.frames, `${list.medianMs} ms`, `${list.worstMs} ms`, `${list.over50Percent} %`, `${list.waitedPercent} %`, list.mostRows].join(' | ')} |`,
].join('\n');
console.log(`\n${tables}`);
if (quick) console.log('\nA quick run: not valid as a measurement, and not kept.');
else {
  await writeFile(results, `${JSON.stringify({ at: new Date().toISOString(), visits, list }, null, 2)}\n`);
  const [before, rest] = (await readFile(document, 'utf8')).split(begin);
  if (rest) await writeFile(document, `${before}${begin}\n${tables}\n${end}${rest.split(end)[1]}`);
}
process.exitCode = missed ? 1 : 0;
