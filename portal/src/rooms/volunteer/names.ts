import { useI18n } from 'vue-i18n';

/** Names of what is a setting of the programme: topics where there is a word for them, languages as the browser knows them. */
export function useNames() {
  const { t, te, locale } = useI18n();
  return {
    topic: (slug: string) => (te(`volunteer.topics.${slug}`, 'en') || te(`volunteer.topics.${slug}`) ? t(`volunteer.topics.${slug}`) : slug),
    language: (code: string) => new Intl.DisplayNames([locale.value, 'en'], { type: 'language' }).of(code) ?? code,
  };
}
