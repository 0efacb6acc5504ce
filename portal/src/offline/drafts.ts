import { computed, ref, watch } from 'vue';
import { session, whenSigningOut } from '../session';

// In localStorage, which has it before the page can be closed; what is filled in by hand is small.
const keyOf = (account: string, name: string) => `draft ${account} ${name}`;

/** Forms that this account has begun on this device and neither sent nor emptied. */
export const draftsOf = (account: string) => Object.keys(localStorage).filter((key) => key.startsWith(keyOf(account, '')));

/**
 * Keeps what is filled into a form until it is dropped: ``const { isKept, drop } = useDraft(() => `needs ${id}`, form)``. It is there again when
 * the page is opened anew. Drafts belong to the account and go when it signs out.
 */
export function useDraft<T extends object>(name: () => string, form: T) {
  const empty = JSON.stringify(form);
  const key = computed(() => session.account && keyOf(session.account, name()));
  /** False also where the disk takes no more. */
  const isKept = ref(false);

  watch(key, (now) => {
    const draft = now && localStorage.getItem(now);
    const kept = JSON.parse(draft || '{}') as Partial<T>;
    const fields = Object.entries(JSON.parse(empty)).map(([field, nothing]) => [field, kept[field as keyof T] ?? nothing]); // kept, perhaps, by an earlier version of the form
    Object.assign(form, Object.fromEntries(fields));
    isKept.value = !!draft;
  }, { immediate: true });

  watch(form, () => {
    if (!key.value) return;
    const filled = JSON.stringify(form);
    if (filled === empty) return forget();
    try {
      localStorage.setItem(key.value, filled);
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
  }

  return { isKept, drop };
}

whenSigningOut(async (account) => draftsOf(account).forEach((key) => localStorage.removeItem(key)));
