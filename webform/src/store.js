// What is on this device: interviews that are not finished (drafts.js), and finished ones that the server has not confirmed (outbox.js).

/**
 * Whose interviews these are: of the account and the collector that the portal names, whatever address it has just now, else of the address
 * itself. What was recorded for one is never sent for another.
 */
export const owner = location.hash.slice(1) || location.pathname;
export const isInPortal = location.hash !== '';

const database = new Promise((resolve, reject) => {
  const opening = indexedDB.open(`webform ${owner}`, 3);
  opening.onupgradeneeded = () => {
    // By what is there, not by its version: the portal, which counts them, may have made an empty one as this one was deleted.
    const there = opening.result.objectStoreNames;
    if (!there.contains('interviews')) opening.result.createObjectStore('interviews', { autoIncrement: true });
    if (!there.contains('drafts')) opening.result.createObjectStore('drafts', { keyPath: 'id' });
  };
  opening.onsuccess = () => {
    // The volunteer signs out in another tab, and what is here is to be deleted.
    opening.result.onversionchange = () => {
      opening.result.close();
      location.replace('/');
    };
    resolve(opening.result);
  };
  opening.onerror = () => reject(opening.error);
});

/** Does all of `work` or nothing; gives what the request that it returns gives. */
export async function inStores(names, mode, work) {
  const transaction = (await database).transaction(names, mode, { durability: 'strict' });
  const request = work(...names.map((name) => transaction.objectStore(name)));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}
