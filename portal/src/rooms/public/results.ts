import { api, read } from '../../api/client';

// As services/Evaluation/Results/Engine/MeasureResult.cs writes it; its bytes are stored, so the API's document does not describe them.
export interface Words { en: string; ar: string }
/** Without a number there is a reason. */
interface Value { value: number | null; reason?: string }
export interface Estimated { value: Value; low: Value; high: Value }
interface Test { method: string; p: Value; adjusted?: Value }
/** Of those who were asked both times. */
export interface Change { improved: Value; same: Value; worse: Value; test: Test }
/** A group of people: all, those of one language (`key`), those of one zone. */
export interface Cell {
  key: string | null;
  withheld: boolean;
  nPre: number | null;
  nPost: number | null;
  nMatched: number | null;
  clusters: number | null;
  estimate: Estimated | null;
  before: Estimated | null;
  change: Change | null;
  attrition: { lost: Value; announce: boolean } | null;
  sentence: Words | null;
}
export interface Measure {
  measure: string;
  kind: 'Share' | 'Median' | 'Mean' | string;
  family: 'Confirmatory' | 'Exploratory';
  says: Words;
  unit: Words | null;
  overall: Cell;
  byLanguage: Cell[];
  byZone: Cell[];
}
export interface Indicator {
  number: number;
  indicator: string;
  name: Words;
  simulated: boolean;
  cautions?: { code: string; sentence: Words }[];
  measures: Measure[];
}
export interface Analysis { id: string; wave: string; beforeWave: string | null; simulated: boolean; publishedAt: string | null; sha256: string; recomputable: boolean }
export interface Results { analysis: Analysis | null; results: Indicator[]; published: Analysis[] }

/** @param analysis One of those published; without it the one published last. */
export async function readResults(analysis?: string): Promise<Results> {
  return (await read(api.evaluation.GET('/api/evaluation/public/results', { params: { query: { analysis, format: 'json' } } }))) as unknown as Results;
}

/** All kinds but these two are shares of people. */
export const isShare = (m: Measure) => m.kind !== 'Median' && m.kind !== 'Mean';
