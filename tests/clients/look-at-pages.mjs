// Opens pages as a phone does: node look-at-pages.mjs SCREENSHOT-FOLDER, with {"address": {"html": "...", "policy": "..."}} on its input.
// Fails where a page scrolls sideways, hides a cell, asks for anything but itself, sets off its own content policy or leads nowhere.
import { chromium } from 'playwright-core';
import { text } from 'node:stream/consumers';

const [folder] = process.argv.slice(2);
const pages = JSON.parse(await text(process.stdin));
const origin = 'http://pages.example';
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const faults = [];
try {
  for (const [shape, options] of Object.entries({
    phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
    desktop: { viewport: { width: 1280, height: 900 } },
  })) {
    const context = await browser.newContext(options);
    await context.route('**/*', (route) => {
      const url = new URL(route.request().url());
      const page = url.origin === origin && pages[url.pathname + url.search];
      if (!page) faults.push(`${shape}: asked ${url}`);
      return page ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: page.html, headers: { 'content-security-policy': page.policy } }) : route.abort();
    });
    for (const address of Object.keys(pages)) {
      const page = await context.newPage();
      page.on('console', (message) => message.type() === 'error' && faults.push(`${shape} ${address}: ${message.text()}`));
      await page.goto(origin + address);
      // The browser of a phone makes its window as wide as what does not fit, so the width is told.
      const found = await page.evaluate((width) => {
        document.querySelectorAll('details').forEach((d) => (d.open = true));
        const shown = (e) => e.getBoundingClientRect().width > 0 && e.getBoundingClientRect().left >= -1 && e.getBoundingClientRect().right <= width + 1;
        return {
          sideways: document.documentElement.scrollWidth > width,
          hidden: [...document.querySelectorAll('td .number, td b, tbody th')].filter((e) => !shown(e)).map((e) => e.textContent),
          dangling: [...document.querySelectorAll('a[href*="#"]')].filter((a) => a.pathname === location.pathname && !document.getElementById(a.hash.slice(1))).map((a) => a.href),
          unstyled: getComputedStyle(document.querySelector('header')).display !== 'flex',
        };
      }, options.viewport.width);
      if (found.sideways) faults.push(`${shape} ${address}: scrolls sideways`);
      if (found.unstyled) faults.push(`${shape} ${address}: its style was refused`);
      for (const fault of [...found.hidden, ...found.dangling]) faults.push(`${shape} ${address}: not seen or not there: ${fault}`);
      await page.evaluate(() => document.querySelectorAll('details').forEach((d) => (d.open = false)));
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: `${folder}/page-${address.split('/').pop().replace(/[?&=]/g, '-')}-${shape}-${colorScheme}.png`, fullPage: !address.includes('/results') });
      }
      await page.close();
    }
    await context.close();
  }
} finally {
  await browser.close();
}
if (faults.length) throw new Error(faults.slice(0, 40).join('\n'));
