import { beforeEach, expect, test, vi } from 'vitest';
import { effectScope, nextTick, reactive, type EffectScope } from 'vue';

// A browser without a connection in which Ann has signed in.
const storage: Storage = Object.create({
  getItem(this: Record<string, string>, key: string) { return this[key] ?? null; },
  setItem(this: Record<string, string>, key: string, value: string) { this[key] = value; },
  removeItem(this: Record<string, string>, key: string) { delete this[key]; },
});
vi.stubGlobal('localStorage', storage);
vi.stubGlobal('navigator', { onLine: false, languages: ['en'] });
vi.stubGlobal('location', { origin: 'https://portal.example' });
vi.stubGlobal('sessionStorage', { clear: () => undefined });
vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));

const { loadSession, signOut } = await import('../session');
const { draftsOf, useDraft } = await import('./drafts');

const signedIn = async (id: string) => {
  storage.setItem('account', JSON.stringify({ id, roles: ['volunteer'] }));
  await loadSession();
};

/** The page with the form, until it is left. */
let page: EffectScope | undefined;
const opened = (name = 'needs f1') => {
  page?.stop();
  page = effectScope();
  return page.run(() => {
    const form = reactive({ languages: [] as string[], literate: null as number | null, space: '' });
    return { form, ...useDraft(() => name, form) };
  })!;
};

beforeEach(async () => {
  for (const key of Object.keys(storage)) storage.removeItem(key);
  await signedIn('ann');
});

test('what was filled in is there when the page is opened again, until it is dropped', async () => {
  const { form, isKept } = opened();
  expect(isKept.value).toBe(false);
  form.languages.push('ne');
  form.space = 'A store room.';
  await nextTick();
  expect(isKept.value).toBe(true);

  const again = opened();
  expect(again.form).toEqual({ languages: ['ne'], literate: null, space: 'A store room.' });
  expect(again.isKept.value).toBe(true);
  again.drop();
  await nextTick();
  expect(again.form).toEqual({ languages: [], literate: null, space: '' });
  expect(opened().isKept.value).toBe(false);
  expect(draftsOf('ann')).toEqual([]);
});

test('a form that was emptied by hand is no draft', async () => {
  const { form, isKept } = opened();
  form.space = 'A';
  await nextTick();
  form.space = '';
  await nextTick();
  expect(isKept.value).toBe(false);
  expect(draftsOf('ann')).toEqual([]);
});

test('each form has its own, and each account; who signs out takes theirs along and nobody else\'s', async () => {
  opened().form.space = 'A store room.';
  await nextTick();
  expect(opened('needs f2').form.space).toBe('');
  await signedIn('ben');
  expect(opened().form.space).toBe('');
  opened().form.space = 'A hall.';
  await nextTick();

  await signOut();
  expect(draftsOf('ben')).toEqual([]);
  await signedIn('ann');
  expect(opened().form.space).toBe('A store room.');
});

test('who signs out while the form is open leaves nothing of it behind', async () => {
  const { form } = opened();
  form.space = 'A store room.';
  await signOut();
  await nextTick();
  expect(form.space).toBe('');
  expect(draftsOf('ann')).toEqual([]);
});

test('a draft of an earlier version of the form brings no field that the form has not', async () => {
  storage.setItem('draft ann needs f1', '{"space":"A store room.","floor":2}');
  expect(opened().form).toEqual({ languages: [], literate: null, space: 'A store room.' });
});

test('where the disk takes no more, nobody is told that it is kept', async () => {
  const full = vi.spyOn(Object.getPrototypeOf(storage), 'setItem').mockImplementation(() => { throw new DOMException('full', 'QuotaExceededError'); });
  const { form, isKept } = opened();
  form.space = 'A store room.';
  await nextTick();
  full.mockRestore();
  expect(isKept.value).toBe(false);
});
