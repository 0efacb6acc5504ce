// A whole interview in the web form, as a collector with a phone holds it: node fill-web-form.mjs ADDRESS FACILITY LANGUAGE SCREENSHOT-FOLDER FAULT
// FAULT is what happens when it is sent: "lost", the server stores it and the answer does not arrive; "offline", there is no connection
// and the page is closed; "refused", the server does not take it and it is deleted from the phone. Before that a required question is left out, a number is too high, and the page is reloaded half-way.
// Prints what was answered, by item, and how often it was sent; ends with 0 when the server has it, or has refused it, and nothing is left on the phone.
import { JSDOM } from 'jsdom';
import { chromium } from 'playwright-core';

const [address, facility, language, folder, fault] = process.argv.slice(2);
const says = {
  en: { send: 'Send', required: 'This question needs an answer.', one: '1 question needs your attention.', waiting: 'Not sent yet: 1.', sendNow: 'Send now', sent: 'Sent. Thank you.', goOn: 'Go on with:', discard: 'Delete', other: 'العربية', own: 'English' },
  ar: { send: 'إرسال', required: 'هذا السؤال يحتاج إلى إجابة.', one: 'عدد الأسئلة التي تحتاج إلى مراجعة: 1', waiting: 'لم يُرسل بعد: 1.', sendNow: 'أرسل الآن', sent: 'تم الإرسال', goOn: 'متابعة:', discard: 'حذف', other: 'English', own: 'العربية' },
}[language];
const answers = {
  consent: 'yes', facility, card: 'W-000123-X', CH1: '12', CH2: '3.5', CH3: 'internet-and-email labour-rights', CH4: '4', CH5: '5', CH6: 'most', CH7: 'yes', CH8: 'no', CH9: 'language', CH10: '2',
};

// What the questions and choices are called in this language, from the form itself.
const form = new JSDOM(await (await fetch(new URL('forms/bc-champion.xml', address))).text(), { contentType: 'application/xml' }).window.document;
const texts = new Map([...form.querySelector(`translation[lang$="(${language})"]`).children].map((text) => [text.getAttribute('id'), text.children[0].textContent]));
const control = (item) => [...form.getElementsByTagName('*')].find((element) => element.getAttribute('ref')?.endsWith(`/${item}`));
const label = (item) => texts.get(`${control(item).getAttribute('ref')}:label`);
const choice = (item, value) => texts.get(`${/'(.*)'/.exec(control(item).querySelector('itemset').getAttribute('nodeset'))[1]}-${value}`);

const [faults, sent] = [[], []];
let page;
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: language });
  await context.exposeFunction('tellOfSending', (xml) => sent.push(/<instanceID>(.*)<\/instanceID>/.exec(xml)[1]));
  await context.addInitScript(() => {
    const send = window.fetch;
    window.fetch = async (where, how) => {
      if (how?.method === 'POST') await window.tellOfSending(await how.body.get('xml_submission_file').text());
      return send(where, how);
    };
  });
  let isOffline = false;
  const open = async () => {
    page = await context.newPage();
    page.on('console', (message) => message.type() === 'error' && !isOffline && faults.push(message.text())); // a page without a connection says so there
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== new URL(address).origin) faults.push(`asked ${url.origin}`);
    });
    await page.goto(address);
  };
  const shot = (name) => page.screenshot({ path: `${folder}/web-form-${language}-${name}.png`, fullPage: true });
  const question = (item) => page.locator('.question-container').filter({ has: page.getByText(label(item), { exact: true }) });
  const answer = async (item, value = answers[item]) => {
    const where = question(item);
    if (item === 'facility') {
      await where.locator('.p-select').click();
      await page.getByRole('option').filter({ hasText: value }).click();
    } else if (control(item).localName === 'input') {
      await where.locator('input').press('ControlOrMeta+a');
      await where.locator('input').pressSequentially(value);
      await where.locator('input').press('Tab');
    } else for (const one of value.split(' ')) await where.getByText(choice(item, one), { exact: true }).click();
  };
  const shown = async (text) => page.getByText(text).first().waitFor();
  const send = () => page.getByRole('button', { name: says.send, exact: true }).click();

  await open();
  await page.getByRole('button', { name: form.getElementsByTagNameNS('*', 'title')[0].textContent }).click();
  await page.locator('.odk-form').waitFor();
  const direction = await page.evaluate(() => document.documentElement.dir);
  if (direction !== (language === 'ar' ? 'rtl' : 'ltr')) faults.push(`direction ${direction}`);
  await shot('1-begun');
  for (const item of ['consent', 'facility', 'card', 'CH2', 'CH3']) await answer(item);
  await answer('CH1', '501');
  await shown(texts.get(`${control('CH1').getAttribute('ref')}:jr:constraintMsg`));

  // Half-way: another language and back, then a reload.
  for (const spoken of [says.other, says.own]) {
    await page.getByRole('button', { name: spoken, exact: true }).click();
    await page.locator(`button[aria-pressed=true]`, { hasText: spoken }).waitFor();
    await page.locator('.odk-form').waitFor();
  }
  await page.reload();
  await shot('2-reloaded');
  await page.getByRole('button', { name: says.goOn }).click();
  await question('card').waitFor();
  if ((await question('card').locator('input').inputValue()) !== answers.card) faults.push('the reload lost the card');

  for (const item of ['CH1', 'CH4', 'CH5', 'CH6', 'CH7', 'CH8', 'CH9']) await answer(item);
  await send();
  await shown(says.one);
  await question('CH10').getByText(says.required).waitFor();
  await shot('3-left-out');
  if (sent.length) faults.push('sent with a required answer left out');
  await answer('CH10');

  if (fault === 'lost') await context.route('**/submission', async (route) => {
    await route.fetch();
    await route.abort('connectionreset');
  }, { times: 1 });
  else if (fault === 'refused') await context.route('**/submission', (route) => route.fulfill({
    status: 409, contentType: 'text/xml', body: '<OpenRosaResponse xmlns="http://openrosa.org/http/response"><message>Erased on request.</message></OpenRosaResponse>',
  }));
  else await context.setOffline(true);
  isOffline = true;
  await send();
  await shown(says.waiting);
  await shot('4-not-sent');
  if (fault === 'lost') await page.getByRole('button', { name: says.sendNow }).click();
  else if (fault === 'refused') {
    await shown('Erased on request.');
    page.once('dialog', (sure) => sure.accept());
    await page.locator('.waiting').getByRole('button', { name: says.discard, exact: true }).click();
  } else {
    await page.close();
    await context.setOffline(false);
    await open();
  }
  if (fault === 'lost') await shown(says.sent);
  await page.waitForFunction(() => new Promise((resolve) => { // until nothing of it is left on the phone
    const opening = indexedDB.open(`webform ${location.pathname}`);
    opening.onsuccess = () => {
      const stores = [...opening.result.objectStoreNames];
      const reading = opening.result.transaction(stores);
      const counts = stores.map((name) => reading.objectStore(name).count());
      reading.oncomplete = () => resolve(counts.every((count) => count.result === 0));
    };
  }));
  await page.getByText(says.waiting).waitFor({ state: 'detached' });
  if (fault === 'refused' && (await page.getByText(says.sent).count())) faults.push('what was deleted is said to be sent');
  await shot('5-sent');
  if (faults.length) throw new Error('The page was not as it should be.');
  console.log(JSON.stringify({ answers, sent }));
} catch (e) {
  await page?.screenshot({ path: `${folder}/web-form-${language}-failed.png`, fullPage: true });
  throw new Error(`${e.message}\n${faults.join('\n')}`);
} finally {
  await browser.close();
}
