import { QueryClient, type QueryKey } from '@tanstack/vue-query';
import { Problem } from './api/problem';
import { whenLeaving } from './session';

/** What was read, kept in memory only. Without a connection it is asked all the same: the answer says so at once, and offline/kept.ts has copies. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      staleTime: 30_000,
      retry: (failures, e) => failures < 2 && e instanceof Problem && e.passing && e.code !== 'offline',
      retryDelay: (failures, e) => (e instanceof Problem && e.retryAfter ? e.retryAfter * 1000 : 1000 * 2 ** failures),
    },
    mutations: { networkMode: 'always' },
  },
});

/** After a write: what is on its way is of before it, and would be shown as what came of it. */
export async function readAnew(queryKey: QueryKey) {
  await queries.cancelQueries({ queryKey });
  await queries.invalidateQueries({ queryKey });
}

whenLeaving(async () => queries.clear());
