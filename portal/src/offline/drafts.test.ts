import 'fake-indexeddb/auto';
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
const tabs = new EventTarget();
vi.stubGlobal('addEventListener', tabs.addEventListener.bind(tabs));
vi.stubGlobal('removeEventListener', tabs.removeEventListener.bind(tabs));
vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));

const { loadSession, signOut } = await import('../session');
const { draftFiles, draftsOf, useDraft } = await import('./drafts');

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

/** The page in another tab, which hears of what is written here as browsers tell it: after it was done. */
const inAnotherTab = () => {
  const scope = effectScope();
  const other = scope.run(() => {
    const form = reactive({ languages: [] as string[], literate: null as number | null, space: '' });
    return { form, ...useDraft(() => 'needs f1', form) };
  })!;
  return { ...other, hear: () => void tabs.dispatchEvent(Object.assign(new Event('storage'), { key: 'draft ann needs f1' })), close: () => scope.stop() };
};

test('in two tabs it is one draft with one id, and gone from both once one has dropped it', async () => {
  const here = opened();
  const there = inAnotherTab();
  here.form.space = 'A hall.';
  await nextTick();
  there.hear();
  expect([there.form.space, there.isKept.value, there.id.value]).toEqual(['A hall.', true, here.id.value]);
  expect(opened().id.value).toBe(there.id.value);

  const first = there.id.value;
  there.drop();
  await nextTick();
  const again = opened();
  expect([again.form.space, again.isKept.value]).toEqual(['', false]);
  again.form.space = 'A store room.';
  await nextTick();
  there.hear();
  expect(there.id.value).toBe(again.id.value);
  expect(there.id.value).not.toBe(first);
  there.close();
});

test('what a tab only heard of it does not write over what another has typed since', async () => {
  const here = opened();
  const there = inAnotherTab();
  here.form.space = 'A';
  await nextTick();
  there.hear();
  const typed = storage.getItem('draft ann needs f1')!.replace('"A"', '"A hall."');
  storage.setItem('draft ann needs f1', typed);
  await nextTick();
  expect(storage.getItem('draft ann needs f1')).toBe(typed);

  there.hear();
  there.form.space = 'A';
  await nextTick();
  expect(JSON.parse(storage.getItem('draft ann needs f1')!).space).toBe('A'); // typed here
  there.close();
});

test('where the disk takes no more, nobody is told that it is kept', async () => {
  const full = vi.spyOn(Object.getPrototypeOf(storage), 'setItem').mockImplementation(() => { throw new DOMException('full', 'QuotaExceededError'); });
  const { form, isKept } = opened();
  form.space = 'A store room.';
  await nextTick();
  full.mockRestore();
  expect(isKept.value).toBe(false);
});

test('photos of a draft stay until they are removed or their owner signs out', async () => {
  const photo = new Blob(['a room'], { type: 'image/jpeg' });
  const [first, second] = [await draftFiles.add(photo), await draftFiles.add(photo)];
  await draftFiles.remove(second);
  expect(await draftFiles.get(second)).toBeUndefined();
  await signedIn('ben');
  const third = await draftFiles.add(photo);
  expect(await draftFiles.get(first)).toBeDefined();

  await signOut();
  expect(await draftFiles.get(third)).toBeUndefined();
  expect(await draftFiles.get(first)).toBeDefined();
});
