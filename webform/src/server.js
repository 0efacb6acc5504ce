// The OpenRosa server that this page came from, as a survey app would ask it. The page is …/web, so the server is the folder above.
const base = new URL('.', location.href);

async function get(path) {
  const response = await fetch(new URL(path, base), { headers: { 'X-OpenRosa-Version': '1.0' }, referrerPolicy: 'no-referrer' });
  if (!response.ok) throw new Error(await messageOf(response));
  return response;
}

/** What the server says to people, in the language of the browser. */
async function messageOf(response) {
  const text = new DOMParser().parseFromString(await response.text(), 'application/xml').querySelector('message')?.textContent;
  return text ?? `${response.status}`;
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
 * @param {string} language in which the form was filled in: the server answers in it
 * @returns {Promise<boolean>} false when there is no connection, or the server cannot take it just now: keep it and come again.
 */
export async function send(xml, language) {
  const body = new FormData();
  body.append('xml_submission_file', new Blob([xml], { type: 'text/xml' }), 'submission.xml');
  let response;
  try {
    response = await fetch(new URL('submission', base), { method: 'POST', body, headers: { 'X-OpenRosa-Version': '1.0', 'Accept-Language': language }, referrerPolicy: 'no-referrer' });
  } catch {
    return false;
  }
  if (response.status === 201 || response.status === 202) return true;
  if (response.status === 429 || response.status >= 500) return false;
  throw new Error(await messageOf(response));
}
