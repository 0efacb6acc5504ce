// The interview on the screen, kept on this device so that a reload, an empty battery or a change of language loses nothing. Answers are
// somebody's: a draft goes when it is sent or deleted, and after half a day by itself.
import { inStores } from './store.js';

const longest = 12 * 60 * 60 * 1000; // ms
let running = null; // { instance, blank }: what the component shows, and what it was before anybody answered
let opening = null; // answers that the next form opens with, or is opening with
let turn = Promise.resolve();

const inStore = (mode, work) => inStores(['drafts'], mode, work);
/** The engine works out what follows from an answer (which questions are asked) in tasks of its own. */
const settled = () => new Promise((resolve) => setTimeout(resolve));
const xmlOf = async (instance) => (await instance.root.prepareInstancePayload({ payloadType: 'monolithic' })).data[0].get('xml_submission_file').text();
/** Without the moments, which the form fills in by itself. */
const answersIn = (xml) => xml.replace(/>\d{4}-\d\d-\d\dT[^<]*</g, '><');
export const idOf = (xml) => new DOMParser().parseFromString(xml, 'application/xml').getElementsByTagNameNS('*', 'instanceID')[0].textContent;

/** The next form that opens has these answers. */
export function restore(xml) {
  running = null;
  opening = xml;
}

/** The component's way to an instance of its form (see vite.config.js): a new one, or the draft, which keeps its instanceID. */
export async function instanceOf(form, config) {
  const xml = opening;
  const instance = xml ? await form.restoreInstance({ data: [dataOf(xml)] }, config) : form.createInstance(config);
  await settled();
  running = { instance, blank: xml ? '' : answersIn(await xmlOf(instance)) };
  opening = null;
  return instance;
}

function dataOf(xml) {
  const data = new FormData();
  data.append('xml_submission_file', new File([xml], 'xml_submission_file', { type: 'text/xml' }));
  return data;
}

/**
 * Keeps the answers so far, where there are any.
 * @returns {Promise<string | null>} them; of a form that is just opening, those it opens with
 */
export function save(form, language) {
  turn = turn.catch(() => {}).then(async () => {
    const saving = running;
    let xml = opening;
    if (saving) {
      await settled();
      xml = await xmlOf(saving.instance);
      if (answersIn(xml) === saving.blank || saving !== running) return null;
    }
    if (xml) await inStore('readwrite', (store) => store.put({ id: idOf(xml), form, language, xml, at: Date.now() }));
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
