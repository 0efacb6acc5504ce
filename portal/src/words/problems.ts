import type { ProblemData } from '../api/problem';
import { i18n } from '.';

/** A refusal in the person's words where they know its code, else in the service's. */
export function sentenceOf({ code, sentence }: Pick<ProblemData, 'code' | 'sentence'>): string {
  const { t, te } = i18n.global;
  const key = `problems.${code}`;
  return te(key) || te(key, 'en') ? t(key) : sentence || code;
}
