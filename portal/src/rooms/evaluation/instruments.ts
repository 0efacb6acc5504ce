import { useI18n } from 'vue-i18n';

export const instrumentBadge = { Draft: 'wait', Published: 'good', Closed: 'plain' } as const;

/** Names of languages in the person's own. */
export function useLanguages() {
  const { locale } = useI18n();
  const nameOf = (code: string) => new Intl.DisplayNames(locale.value, { type: 'language' }).of(code) ?? code;
  return { nameOf, listed: (codes: readonly string[]) => codes.map(nameOf).join(locale.value === 'ar' ? '، ' : ', ') };
}
