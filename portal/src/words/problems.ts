import type { ProblemData } from '../api/problem';
import { i18n, problemKeys } from '.';

/** A refusal in the person's words where they know its code, else in the service's. */
export function sentenceOf({ code, sentence }: Pick<ProblemData, 'code' | 'sentence'>): string {
  const { t, te } = i18n.global;
  const key = problemKeys(code).find((k) => te(k) || te(k, 'en'));
  return key ? t(key) : sentence || code;
}
