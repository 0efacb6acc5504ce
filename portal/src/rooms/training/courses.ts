import { useI18n } from 'vue-i18n';
import type { components } from '../../api/types/training';
import { useFormat } from '../../words/format';

type Schemas = components['schemas'];

/** What courses are called and ask for, in the person's words. */
export function useCourseWords() {
  const { t, locale } = useI18n();
  const { number } = useFormat();
  return {
    title: (titles: Record<string, string>) => titles[locale.value] ?? titles.en ?? '',
    rule: (r: Schemas['CompletionRule']) => (['minutes', 'sessions', 'topics', 'quizPercent', 'withinMonths'] as const)
      .filter((what) => r[what]).map((what) => t(`training.rule.${what}`, { n: number(r[what]!) })).join(' · '),
    missing: (lacks: readonly Schemas['Lack'][]) => lacks.map((l) => t(`training.lack.${l.what}`, { has: number(l.has), needs: number(l.needs) })).join(' · '),
  };
}
