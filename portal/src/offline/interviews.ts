import { deleteDB, openDB } from 'idb';
import { whenLeaving, whenSigningOut } from '../session';

// The web form (webform/) is a page of its own. What it keeps is in a database for each account's collector, and its copy for opening it
// without a connection in a cache for each address (worker/survey.ts).
const DATABASE = 'webform ', CACHE = 'survey ';

/** What the web form is told behind the # of its address: whose interviews it holds, whatever address they are sent to. */
export const ownerOf = (account: string, collector: string) => `${account}/${collector}`;

export const cacheOf = (server: string) => CACHE + server;

// Firefox before 126 cannot list them: there nothing is counted, and what is unsent stays for its owner's next sign-in.
const databasesOf = async (owner: string) => ((await indexedDB.databases?.()) ?? []).map((d) => d.name!).filter((name) => name.startsWith(DATABASE + owner));

/** How many interviews are on this device, finished or not, that the server has not got; with a collector, for that one. */
export async function unsentInterviews(account: string, collector = ''): Promise<number> {
  let unsent = 0;
  for (const name of await databasesOf(ownerOf(account, collector))) {
    const db = await openDB(name);
    try {
      for (const store of db.objectStoreNames) unsent += await db.count(store);
    } finally {
      db.close(); // one that stays open holds up the web form, and the sign-out
    }
  }
  return unsent;
}

whenSigningOut(async (account) => {
  for (const name of await databasesOf(ownerOf(account, ''))) await deleteDB(name);
});

whenLeaving(async () => {
  for (const name of (await caches.keys()).filter((k) => k.startsWith(CACHE))) {
    // The browser's history still has the address. Where nobody can be told, it ends when the volunteer opens it anew, or with its time.
    void fetch(`${name.slice(CACHE.length)}web`, { method: 'DELETE', keepalive: true }).catch(() => undefined);
    await caches.delete(name);
  }
});
