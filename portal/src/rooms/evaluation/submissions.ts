import type { components } from '../../api/types/evaluation';

export type Submission = components['schemas']['SubmissionView'];

export const reviewBadge = { Received: 'wait', Approved: 'good', Rejected: 'bad' } as const;
export const reviewStates = Object.keys(reviewBadge) as (keyof typeof reviewBadge)[];

/** What the service noticed about an interview; the first two keep it out of results unless an evaluator approves it. */
export const flags = ['unknownCard', 'notDrawn', 'duplicate', 'problems', 'late', 'clockOff'] as const;
export type Flag = (typeof flags)[number];
export const flagsOf = (s: Submission): Flag[] => flags.filter((f) => (f === 'problems' ? s.problems?.length : s[f]));
