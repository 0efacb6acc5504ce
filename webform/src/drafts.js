// The interview on the screen, kept on this device so that a reload, an empty battery or a change of language loses nothing. Answers are
// somebody's: a draft goes when it is sent or deleted, and after half a day by itself.
import { inStores } from './store.js';

const longest = 12 * 60 * 60 * 1000; // ms
let running = null; // { instance, blank }: what the component shows, and what it was before anybody answered
let toRestore = null;
let turn = Promise.resolve();

const inStore = (mode, work) => inStores(['drafts'], mode, work);
const xmlOf = async (instance) => (await instance.root.prepareInstancePayload({ payloadType: 'monolithic' })).data[0].get('xml_submission_file').text();
/** Without the moments, which the form fills in by itself. */
const answersIn = (xml) => xml.replace(/>\d{4}-\d\d-\d\dT[^<]*</g, '><');
export const idOf = (xml) => new DOMParser().parseFromString(xml, 'application/xml').getElementsByTagNameNS('*', 'instanceID')[0].textContent;

/** The next form that opens has these answers. */
export const restore = (xml) => (toRestore = xml);

/** The component's way to an instance of its form (see vite.config.js): a new one, or the draft, which keeps its instanceID. */
export async function instanceOf(form, config) {
  const xml = toRestore;
  toRestore = running = null;
  if (!xml) {
    const instance = form.createInstance(config);
    running = { instance, blank: answersIn(await xmlOf(instance)) };
    return instance;
  }
  const answers = new FormData();
  answers.append('xml_submission_file', new File([xml], 'xml_submission_file', { type: 'text/xml' }));
  const instance = await form.restoreInstance({ data: [answers] }, config);
  running = { instance, blank: '' };
  return instance;
}

/**
 * Keeps the answers so far, where there are any.
 * @returns {Promise<string | null>} them
 */
export function save(form, language) {
  turn = turn.catch(() => {}).then(async () => {
    const saving = running;
    const xml = saving && (await xmlOf(saving.instance));
    if (!xml || answersIn(xml) === saving.blank || saving !== running) return null;
    await inStore('readwrite', (store) => store.put({ id: idOf(xml), form, language, xml, at: Date.now() }));
    return xml;
  });
  return turn;
}

/**
 * Nothing of what is on the screen is kept from here on.
 * @returns {() => void} goes back on that
 */
export function close() {
  const closed = running;
  running = null;
  return () => (running = closed);
}

export const discard = (id) => inStore('readwrite', (store) => store.delete(id));

/** @returns {Promise<{id: string, form: {id: string, name: string, url: string}, language: string, xml: string, at: number}[]>} the youngest first */
export async function unfinished() {
  const drafts = await inStore('readonly', (store) => store.getAll());
  for (const old of drafts.filter((d) => d.at < Date.now() - longest)) await discard(old.id);
  return drafts.filter((d) => d.at >= Date.now() - longest).sort((a, b) => b.at - a.at);
}
