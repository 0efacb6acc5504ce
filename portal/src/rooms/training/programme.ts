import { useQuery } from '@tanstack/vue-query';
import { api, read } from '../../api/client';

/** In which languages and on which topics the programme may write and teach. */
export const useProgramme = () => useQuery({ queryKey: ['training', 'programme'], queryFn: () => read(api.training.GET('/api/training/programme')) });

/** By language: what is there, and a blank to type into in every other language of the programme. What is already there stays, whatever its language. */
export const inEvery = <T>(languages: readonly string[], there: Record<string, T>, blank: () => T): Record<string, T> =>
  Object.fromEntries([...new Set([...languages, ...Object.keys(there)])].map((l) => [l, there[l] ?? blank()]));

/** The same without what is blank. */
export const filled = <T>(all: Record<string, T>, isBlank: (one: T) => boolean) => Object.fromEntries(Object.entries(all).filter(([, one]) => !isBlank(one)));
