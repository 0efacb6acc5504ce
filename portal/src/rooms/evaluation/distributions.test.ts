import { expect, test } from 'vitest';
import { byChoices, colourOf, segments, type Distribution, type Spread } from './distributions';

const spread = (...answers: [number | null, number | null][]): Spread => ({
  withheld: false, answered: 60, missing: 0, reasons: [], answers: answers.map(([count, share], i) => ({ key: String(i), count, share })),
});

const luminance = (hex: string) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i]!, 0);

test('a bar is filled by its answers, and by one part for all that is withheld', () => {
  expect(segments(spread([15, 0.25], [0, 0], [45, 0.75]))).toEqual([{ place: 0, share: 0.25 }, { place: 2, share: 0.75 }]);
  expect(segments(spread([30, 0.5], [null, null], [null, null]))).toEqual([{ place: 0, share: 0.5 }, { place: null, share: 0.5 }]);
  expect(segments(spread([null, null], [null, null]))).toEqual([{ place: null, share: 1 }]);
  expect(segments(spread([0, null], [0, null]))).toEqual([]);
});

const coloured = (choices: number, isGraded: boolean) => {
  const question = { isGraded, choices: Array.from({ length: choices }, (_, i) => ({ value: String(i), label: {} })) };
  return question.choices.map((_, place) => colourOf(place, question));
};

test.each([['steps of a scale', true], ['kinds of answer', false]])('every choice has a colour of its own, and what stands on it can be read: %s', (_, isGraded) => {
  for (let choices = 1; choices <= 7; choices++) {
    const colours = coloured(choices, isGraded);
    expect(new Set(colours.map((c) => c.background)).size).toBe(choices);
    for (const { background, color } of colours) {
      const [light, dark] = [luminance(background), luminance(color)].sort((a, b) => b - a);
      expect((light! + 0.05) / (dark! + 0.05), background).toBeGreaterThan(4.5);
    }
  }
});

test('yes and no are not coloured as the ends of a scale', () => {
  const ends = coloured(7, true).map((c) => c.background);
  for (const { background } of coloured(2, false)) expect(ends).not.toContain(background);
});

test('questions with the same choices stand together', () => {
  const question = (item: string, values: string[], asked: Distribution['asked'] = 'Worker'): Distribution =>
    ({ item, asked, isGraded: true, label: {}, choices: values.map((value) => ({ value, label: {} })), before: null, now: null });
  const groups = byChoices([question('A', ['1', '2']), question('B', ['yes', 'no']), question('C', ['1', '2']), question('D', ['1', '2'], 'Employer')]);
  expect(groups.map((g) => g.map((d) => d.item))).toEqual([['A', 'C'], ['B'], ['D']]);
});
