// What is on this device: interviews that are not finished (drafts.js), and finished ones that the server has not confirmed (outbox.js).
const database = new Promise((resolve, reject) => {
  // One for each collector: what was recorded with one address is never sent with another.
  const opening = indexedDB.open(`webform ${location.pathname}`, 2);
  opening.onupgradeneeded = ({ oldVersion }) => {
    if (oldVersion < 1) opening.result.createObjectStore('interviews', { autoIncrement: true });
    opening.result.createObjectStore('drafts', { keyPath: 'id' });
  };
  opening.onsuccess = () => resolve(opening.result);
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
