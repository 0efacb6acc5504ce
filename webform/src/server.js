// The OpenRosa server that this page came from, as a survey app would ask it. The page is …/web, so the server is the folder above.
import { language, say } from './words.js';

const base = new URL('.', location.href);

async function get(path) {
  let response;
  try {
    response = await fetch(new URL(path, base), { headers: headers(language.value), referrerPolicy: 'no-referrer' });
  } catch {
    throw new Error(say('offline'));
  }
  if (!response.ok) throw new Error(await messageOf(response));
  return response;
}

/** The server answers people in the language that they read here. */
const headers = (spoken) => ({ 'X-OpenRosa-Version': '1.0', 'Accept-Language': spoken });

async function messageOf(response) {
  const text = new DOMParser().parseFromString(await response.text(), 'application/xml').querySelector('message')?.textContent;
  return text ?? say('trouble', response.status);
}

/** @returns {Promise<{id: string, name: string, url: string}[]>} */
export async function listForms() {
  const list = new DOMParser().parseFromString(await (await get('formList')).text(), 'application/xml');
  const text = (form, name) => form.getElementsByTagName(name)[0].textContent;
  return [...list.getElementsByTagName('xform')].map((form) => ({ id: text(form, 'formID'), name: text(form, 'name'), url: text(form, 'downloadUrl') }));
}

export const readForm = async (form) => (await get(new URL(form.url).pathname)).text();

/** A list that the form chooses from: jr://file-csv/facilities.csv. */
export const readAttachment = (formId) => (address) => get(`forms/${encodeURIComponent(formId)}/attachments/${encodeURIComponent(address.pathname.split('/').pop())}`);

/**
 * @param {string} filledIn the language: the server answers in it
 * @returns {Promise<boolean>} false when there is no connection, or the server cannot take it just now: keep it and come again.
 */
export async function send(xml, filledIn) {
  const body = new FormData();
  body.append('xml_submission_file', new Blob([xml], { type: 'text/xml' }), 'submission.xml');
  let response;
  try {
    response = await fetch(new URL('submission', base), { method: 'POST', body, headers: headers(filledIn), referrerPolicy: 'no-referrer' });
  } catch {
    return false;
  }
  if (response.status === 201 || response.status === 202) return true;
  if (response.status === 429 || response.status >= 500) return false;
  throw new Error(await messageOf(response));
}
