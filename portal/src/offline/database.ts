import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Entry } from './outbox';

interface Portal extends DBSchema {
  outbox: { key: number; value: Entry; indexes: { account: string } };
  kept: { key: [string, string]; value: { account: string; name: string; value: unknown; asOf: number } };
}

let opened: Promise<IDBPDatabase<Portal>> | undefined;

/** What this browser keeps for an account between visits: writes to be sent, and copies of what was read. */
export const database = () => opened ??= openDB<Portal>('portal', 1, {
  upgrade(db) {
    db.createObjectStore('outbox', { keyPath: 'number', autoIncrement: true }).createIndex('account', 'account');
    db.createObjectStore('kept', { keyPath: ['account', 'name'] });
  },
});
