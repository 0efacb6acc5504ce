// Fills in the web form as a collector with a phone does: node fill-web-form.mjs ADDRESS FORM-NAME LANGUAGE SCREENSHOT-FOLDER [offline]
// Says no to taking part and sends. Offline cuts the network before sending, closes the page, and comes back with a connection.
// Prints what went wrong in the page; ends with 0 when the server has the interview.
import { chromium } from 'playwright-core';

const [address, formName, language, folder, offline] = process.argv.slice(2);
const words = { en: { no: 'No', end: 'Send', sent: 'Sent. Thank you.', waiting: '1 interview(s)' }, ar: { no: 'لا', end: 'Send', sent: 'تم الإرسال', waiting: 'المحفوظة' } }[language];
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: language });
  const faults = [];
  const open = async () => {
    const page = await context.newPage();
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== new URL(address).origin) faults.push(`asked ${url.origin}`);
    });
    await page.goto(address);
    return page;
  };

  let page = await open();
  await page.getByRole('button', { name: formName }).click();
  await page.locator('.odk-form').waitFor();
  const direction = await page.evaluate(() => document.documentElement.dir);
  if (direction !== (language === 'ar' ? 'rtl' : 'ltr')) faults.push(`direction ${direction}`);
  await page.screenshot({ path: `${folder}/web-form-${language}.png`, fullPage: true });
  await page.getByText(words.no, { exact: true }).click();
  if (offline) await context.setOffline(true);
  await page.getByRole('button', { name: words.end }).click();

  if (offline) {
    await page.getByText(words.waiting).waitFor();
    await page.screenshot({ path: `${folder}/web-form-${language}-waiting.png`, fullPage: true });
    await page.close();
    faults.length = 0; // a page without a connection says so on its console
    await context.setOffline(false);
    page = await open();
    await page.getByText(words.waiting).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: formName }).waitFor();
  } else await page.getByText(words.sent).waitFor();
  await page.screenshot({ path: `${folder}/web-form-${language}-sent.png`, fullPage: true });
  if (faults.length) throw new Error(faults.join('\n'));
} finally {
  await browser.close();
}
