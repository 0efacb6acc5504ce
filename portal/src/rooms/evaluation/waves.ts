import type { components } from '../../api/types/evaluation';
import { mayAny } from '../../session';

export type Wave = components['schemas']['WaveView'];

export const waveBadge = { Planned: 'plain', Open: 'good', Closed: 'wait', Frozen: 'plain', Withdrawn: 'bad' } as const;
export const waveStates = Object.keys(waveBadge) as (keyof typeof waveBadge)[];

/** The office reads what evaluators do. */
export const mayEvaluate = () => mayAny(['evaluator']);

/** All waves have their questionnaires by code; half-years and cohorts are some tens. */
export const MOST_WAVES = 200;
