import type { components } from '../../api/types/evaluation';

export type Distribution = components['schemas']['Distribution'];
export type Spread = components['schemas']['Spread'];

/** Of ColorBrewer's BrBG, which every kind of colour vision tells apart, for steps from the least to the most: the fewer they are, the more of the middle is left out. */
const STEPS = ['#8c510a', '#bf812d', '#dfc27d', '#f5f5f5', '#80cdc1', '#35978f', '#01665e'];
const CHOSEN = [[], [6], [0, 6], [0, 3, 6], [0, 2, 4, 6], [0, 2, 3, 4, 6], [0, 1, 2, 4, 5, 6], [0, 1, 2, 3, 4, 5, 6]];
const DARK = ['#8c510a', '#01665e'];

/** Of Paul Tol's light scheme, for choices of which none is more than another, as yes and no: told apart as well, and each as strong as the others. */
const KINDS = ['#77aadd', '#eedd88', '#ee8866', '#99ddff', '#44bb99', '#ffaabb', '#bbcc33'];

/** Of the choice at a place in the order: its ground, and what can be read on it. */
export function colourOf(place: number, { choices, isGraded }: Pick<Distribution, 'choices' | 'isGraded'>): { background: string; color: string } {
  const background = isGraded ? STEPS[(CHOSEN[choices.length] ?? CHOSEN[7]!)[place % 7]!]! : KINDS[place % 7]!;
  return { background, color: DARK.includes(background) ? '#ffffff' : '#000000' };
}

export interface Segment {
  /** Null: the answers that are withheld, as one. */
  place: number | null;
  share: number;
}

/** The parts of a bar, which fill it: what is withheld is the rest, told as one lump that holds ten people or more. */
export function segments(spread: Spread): Segment[] {
  const told = spread.answers.flatMap((a, place) => (a.share ? [{ place, share: a.share }] : []));
  const rest = spread.answers.some((a) => a.count === null) ? 1 - told.reduce((sum, s) => sum + s.share, 0) : 0;
  return rest > 0.0001 ? [...told, { place: null, share: rest }] : told;
}

/** Questions with the same choices, to be read with one legend, in the order of the first of each. */
export function byChoices(distributions: readonly Distribution[]): Distribution[][] {
  const groups = new Map<string, Distribution[]>();
  for (const d of distributions) {
    const key = JSON.stringify([d.asked, d.choices]);
    groups.set(key, [...(groups.get(key) ?? []), d]);
  }
  return [...groups.values()];
}
