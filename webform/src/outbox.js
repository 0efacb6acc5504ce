// Interviews that the server has not confirmed yet, on this device. They leave it one by one, oldest first, and each only when the
// server has said that it is stored; sent twice, the server knows the second by its instanceID.
import { send } from './server.js';

const database = new Promise((resolve, reject) => {
  // One for each collector: what was recorded with one address is never sent with another.
  const opening = indexedDB.open(`webform ${location.pathname}`, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('interviews', { autoIncrement: true });
  opening.onsuccess = () => resolve(opening.result);
  opening.onerror = () => reject(opening.error);
});

async function inStore(mode, work) {
  const store = (await database).transaction('interviews', mode, { durability: 'strict' }).objectStore('interviews');
  const request = work(store);
  return new Promise((resolve, reject) => {
    store.transaction.oncomplete = () => resolve(request.result);
    store.transaction.onabort = () => reject(store.transaction.error);
  });
}

/** @param {string} language in which it was filled in */
export const keep = (xml, language) => inStore('readwrite', (store) => store.add({ xml, language, refused: null }));

/** @returns {Promise<{key: number, xml: string, language: string, refused: string | null}[]>} */
export async function kept() {
  const [keys, interviews] = await Promise.all([inStore('readonly', (s) => s.getAllKeys()), inStore('readonly', (s) => s.getAll())]);
  return interviews.map((interview, i) => ({ key: keys[i], ...interview }));
}

/** Sends what there is; what the server refuses stays, with its reason, and is tried again when somebody asks for it. */
export function sendAll(alsoRefused = false) {
  // One tab at a time, or two would send the same.
  return navigator.locks.request(`webform ${location.pathname}`, async () => {
    for (const { key, xml, language, refused } of await kept()) {
      if (refused && !alsoRefused) continue;
      try {
        if (!(await send(xml, language))) return;
        await inStore('readwrite', (store) => store.delete(key));
      } catch (refusal) {
        await inStore('readwrite', (store) => store.put({ xml, language, refused: refusal.message }, key));
      }
    }
  });
}
