// Interviews that the server has not confirmed yet. They leave this device one by one, oldest first, and each only when the server has
// said that it is stored; sent twice, the server knows the second by its instanceID.
import { send } from './server.js';
import { inStores, owner } from './store.js';

const inStore = (mode, work) => inStores(['interviews'], mode, work);

/**
 * In place of the draft that it was.
 * @param {string} language in which it was filled in
 */
export const keep = (xml, language, draft) => inStores(['interviews', 'drafts'], 'readwrite', (interviews, drafts) => {
  drafts.delete(draft);
  return interviews.add({ xml, language, refused: null });
});

/** @returns {Promise<{key: number, xml: string, language: string, refused: string | null}[]>} */
export async function kept() {
  const [keys, interviews] = await Promise.all([inStore('readonly', (s) => s.getAllKeys()), inStore('readonly', (s) => s.getAll())]);
  return interviews.map((interview, i) => ({ key: keys[i], ...interview }));
}

// One at a time, in whichever tab: two would send the same, or keep again what was just deleted.
const alone = (work) => navigator.locks.request(`webform ${owner}`, work);

/** For what the server will not take. */
export const remove = (key) => alone(() => inStore('readwrite', (store) => store.delete(key)));

/** Sends what there is; what the server refuses stays, with its reason, and is tried again when somebody asks for it. */
export function sendAll(alsoRefused = false) {
  return alone(async () => {
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
