import { toRaw } from 'vue';
import { Problem } from '../api/problem';
import { session, whenLeaving } from '../session';
import { database } from './database';

export interface Kept<T> {
  value: T;
  /** When it was read, in milliseconds. */
  asOf: number;
  /** False when it is the copy, because nobody answered. */
  fresh: boolean;
}

/**
 * Reads, and keeps a copy for when there is no connection: `useQuery({ queryKey: ['my-day'], queryFn: () => kept('my-day', () => read(…)) })`.
 * The name says what was read, with its parameters. Copies belong to the account and go when it signs out.
 */
export async function kept<T>(name: string, read: () => Promise<T>): Promise<Kept<T>> {
  const account = session.account ?? '';
  const db = await database();
  try {
    const value = await read();
    const asOf = Date.now();
    await db.put('kept', { account, name, value: structuredClone(toRaw(value)), asOf }).catch(() => undefined); // a full disk hides nothing that was read
    return { value, asOf, fresh: true };
  } catch (e) {
    const copy = e instanceof Problem && e.passing ? await db.get('kept', [account, name]) : undefined;
    if (!copy) throw e;
    return { value: copy.value as T, asOf: copy.asOf, fresh: false };
  }
}

/** All accounts' copies: whoever leaves or comes, nobody else's stay. */
whenLeaving(async () => (await database()).clear('kept'));
