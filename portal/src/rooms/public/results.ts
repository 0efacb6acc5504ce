import { api, read } from '../../api/client';

// As services/Evaluation/Results/Engine/MeasureResult.cs writes it; its bytes are stored, so the API's document does not describe them.
interface Words { en: string; ar: string }
interface Value { value: number | null }
interface Estimated { value: Value; low: Value; high: Value }
export interface Measure {
  measure: string;
  kind: 'Share' | 'Median' | 'Mean' | string;
  says: Words;
  overall: { estimate: Estimated | null; before: Estimated | null; sentence: Words | null; clusters: number | null };
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
