import { expect, test } from 'vitest';
import type { components } from '../../api/types/evaluation';
import { asked } from './questions';

const item = (name: string, more: object = {}) => ({ name, type: 'Text' as const, required: false, label: { en: `${name}?`, ar: `${name}؟` }, ...more });
const definition: components['schemas']['InstrumentDefinition'] = {
  code: 'I1', formId: 'bc-worker-baseline', title: 'Survey', respondent: 'Worker', languages: ['en', 'ar'],
  scales: [{ name: 'YN', choices: [{ value: 'yes', label: { en: 'Yes', ar: 'نعم' } }, { value: 'no', label: { en: 'No' } }] }],
  items: [item('talk', { type: 'Group', items: [item('Q1', { type: 'SelectOne', scale: 'YN' }), item('Q2', { type: 'SelectMultiple', scale: 'YN' })] }), item('thanks', { type: 'Note' }), item('Q3')],
};

test('answers stand with the words of their questions and choices, in the order of the form', () => {
  expect(asked(definition, { Q3: 'as they said', thanks: null, Q2: 'no yes', Q1: 'yes' }, 'ar')).toEqual([
    { name: 'Q1', question: 'Q1؟', answer: 'نعم' },
    { name: 'Q2', question: 'Q2؟', answer: 'No, نعم' },
    { name: 'Q3', question: 'Q3؟', answer: 'as they said' },
  ]);
});

test('what the form does not know is shown as it came, an empty answer is none, and a repeated one is all of them', () => {
  expect(asked(definition, { other: 'x', Q1: null, Q3: ['a', 'b'] }, 'en')).toEqual([
    { name: 'Q1', question: 'Q1?', answer: null },
    { name: 'Q3', question: 'Q3?', answer: 'a | b' },
    { name: 'other', question: '', answer: 'x' },
  ]);
  expect(asked(undefined, { Q1: 'maybe' }, 'en')).toEqual([{ name: 'Q1', question: '', answer: 'maybe' }]);
});
