import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { computed, onScopeDispose, ref, watch } from 'vue';
import { Problem } from '../api/problem';
import { session, whenSigningOut } from '../session';

// In localStorage, which has it before the page can be closed; what is filled in by hand is small.
const keyOf = (account: string, name: string) => `draft ${account} ${name}`;

/** Forms that this account has begun on this device and neither sent nor emptied. */
export const draftsOf = (account: string) => Object.keys(localStorage).filter((key) => key.startsWith(keyOf(account, '')));

/**
 * Keeps what is filled into a form until it is dropped: ``const { isKept, drop } = useDraft(() => `needs ${id}`, form)``. It is there again when
 * the page is opened anew, and one in however many tabs it is open. Drafts belong to the account and go when it signs out.
 */
export function useDraft<T extends object>(name: () => string, form: T) {
  const empty = JSON.stringify(form);
  const key = computed(() => session.account && keyOf(session.account, name()));
  /** False also where the disk takes no more. */
  const isKept = ref(false);
  /** For what is made of it: the same in every tab. Who has made that writes another beside it, for what comes next. */
  const id = ref('');
  /** What is not written back: while this tab heard of it, another may have gone on. */
  let read = '';

  watch(key, load, { immediate: true });
  const ofOtherTab = (change: StorageEvent) => change.key === key.value && load();
  addEventListener('storage', ofOtherTab);
  onScopeDispose(() => removeEventListener('storage', ofOtherTab));

  function load() {
    const draft = key.value && localStorage.getItem(key.value);
    const kept = JSON.parse(draft || '{}') as Partial<T> & { id?: string };
    const fields = Object.entries(JSON.parse(empty)).map(([field, nothing]) => [field, kept[field as keyof T] ?? nothing]); // kept, perhaps, by an earlier version of the form
    Object.assign(form, Object.fromEntries(fields));
    id.value = kept.id ?? crypto.randomUUID();
    read = JSON.stringify(form);
    isKept.value = !!draft;
  }

  watch(form, () => {
    const filled = JSON.stringify(form);
    if (!key.value || filled === read) return;
    read = '';
    if (filled === empty) return forget();
    try {
      localStorage.setItem(key.value, JSON.stringify({ ...form, id: id.value }));
      isKept.value = true;
    } catch {
      isKept.value = false;
    }
  });

  function forget() {
    if (key.value) localStorage.removeItem(key.value);
    isKept.value = false;
  }

  /** It was sent, or is not wanted: the form is empty again. */
  function drop() {
    forget();
    Object.assign(form, JSON.parse(empty));
    id.value = crypto.randomUUID();
  }

  return { id, isKept, drop };
}

whenSigningOut(async (account) => draftsOf(account).forEach((key) => localStorage.removeItem(key)));

interface Files extends DBSchema {
  files: { key: string; value: { id: string; account: string; file: Blob }; indexes: { account: string } };
}

let opened: Promise<IDBPDatabase<Files>> | undefined;
const database = () => opened ??= openDB<Files>('drafts', 1, {
  upgrade: (db) => void db.createObjectStore('files', { keyPath: 'id' }).createIndex('account', 'account'),
});

/** Photos in a draft, for which localStorage is too small. The form has their ids. */
export const draftFiles = {
  /** @throws Problem not_kept where the disk takes no more */
  add: async (file: Blob): Promise<string> => {
    const id = crypto.randomUUID();
    await (await database()).add('files', { id, account: session.account ?? '', file }).catch(() => {
      throw new Problem({ status: 0, code: 'not_kept' });
    });
    return id;
  },
  get: async (id: string): Promise<Blob | undefined> => (await (await database()).get('files', id))?.file,
  remove: async (...ids: string[]) => {
    const db = await database();
    await Promise.all(ids.map((id) => db.delete('files', id)));
  },
};

whenSigningOut(async (account) => draftFiles.remove(...(await (await database()).getAllKeysFromIndex('files', 'account', account))));
