import { toRaw } from 'vue';
import { PATIENCE, Problem } from '../api/problem';
import { session, whenLeaving } from '../session';
import { database } from './database';

export interface Kept<T> {
  value: T;
  /** When it was read, in milliseconds. */
  asOf: number;
  /** False when it is the copy, because nobody answered in time. */
  fresh: boolean;
}

/**
 * Reads, and keeps a copy for when there is no connection: `useQuery({ queryKey: ['my-day'], queryFn: () => kept('my-day', () => read(…)) })`.
 * The name says what was read, with its parameters. Copies belong to the account and go when it signs out.
 */
export async function kept<T>(name: string, read: () => Promise<T>): Promise<Kept<T>> {
  const account = session.account ?? '';
  const db = await database();
  const copy = await db.get('kept', [account, name]);
  const reading = read().then(async (value): Promise<Kept<T>> => {
    const asOf = Date.now();
    if ((session.account ?? '') === account) await db.put('kept', { account, name, value: structuredClone(toRaw(value)), asOf }).catch(() => undefined); // a full disk hides nothing that was read
    return { value, asOf, fresh: true };
  });
  if (!copy) return reading;
  const old: Kept<T> = { value: copy.value as T, asOf: copy.asOf, fresh: false };
  const late = new Promise<Kept<T>>((done) => setTimeout(done, PATIENCE, old)); // what comes after all is the next copy
  return Promise.race([reading, late]).catch((e) => {
    if (e instanceof Problem && e.passing) return old;
    throw e;
  });
}

/** All accounts' copies: whoever leaves or comes, nobody else's stay. */
whenLeaving(async () => (await database()).clear('kept'));
