import { useI18n } from 'vue-i18n';

/** In which the programme teaches. */
export const LANGUAGES = ['ar', 'en', 'hi', 'ur', 'bn', 'ne', 'si', 'ta', 'ml', 'tl'];

/** Names of what is a setting of the programme: topics where there is a word for them, languages as the browser knows them. */
export function useNames() {
  const { t, te, locale } = useI18n();
  return {
    topic: (slug: string) => (te(`topics.${slug}`, 'en') || te(`topics.${slug}`) ? t(`topics.${slug}`) : slug),
    language: (code: string) => new Intl.DisplayNames([locale.value, 'en'], { type: 'language' }).of(code) ?? code,
  };
}
