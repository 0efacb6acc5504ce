import type { components } from '../../api/types/evaluation';

type Definition = components['schemas']['InstrumentDefinition'];
type Item = components['schemas']['Item'];
export type Answers = Record<string, string | null | (string | null)[]>;
type Texts = Record<string, string> | null | undefined;

/** A question as it was asked, and what was answered. */
export interface Asked {
  name: string;
  question: string;
  /** Null: left empty. */
  answer: string | null;
}

export const inLanguage = (texts: Texts, language: string): string | undefined => (texts ? texts[language] ?? texts.en ?? Object.values(texts)[0] : undefined);

/** Every item, groups before what they hold. */
export const allItems = (items: readonly Item[]): Item[] => items.flatMap((i) => [i, ...allItems(i.items ?? [])]);

/** Choices in their words; of several the app writes the values with a space between. */
export function wordsOf(definition: Definition, item: Item, value: string, language: string): string {
  const choices = definition.scales.find((s) => s.name === item.scale)?.choices;
  if (!choices) return value;
  const word = (v: string) => inLanguage(choices.find((c) => c.value === v)?.label, language) ?? v;
  return (item.type === 'SelectMultiple' ? value.split(' ') : [value]).map(word).join(', ');
}

/** What was asked and answered, without what is only read out, in the order of the form; at the end what the form, or its version, does not know. */
export function asked(definition: Definition | undefined, answers: Answers, language: string): Asked[] {
  const items = allItems(definition?.items ?? []);
  const named = new Set(items.map((i) => i.name));
  const text = (answer: Answers[string], words: (value: string) => string) => [answer].flat().filter((a) => a !== null).map((a) => words(a!)).join(' | ') || null;
  return [
    ...items.filter((i) => i.name in answers && i.type !== 'Note').map((i) => ({
      name: i.name, question: inLanguage(i.label, language) ?? '', answer: text(answers[i.name]!, (v) => wordsOf(definition!, i, v, language)),
    })),
    ...Object.keys(answers).filter((name) => !named.has(name)).map((name) => ({ name, question: '', answer: text(answers[name]!, (v) => v) })),
  ];
}
