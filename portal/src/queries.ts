import { type InfiniteData, QueryClient, type QueryKey } from '@tanstack/vue-query';
import { Problem } from './api/problem';
import { whenLeaving } from './session';

/** What was read, kept in memory only. Without a connection it is asked all the same: the answer says so at once, and offline/kept.ts has copies. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      staleTime: 30_000,
      refetchOnReconnect: (query) => query.state.status === 'error', // what is there need not come again, and may be long
      retry: (failures, e) => failures < 2 && e instanceof Problem && e.passing && e.code !== 'offline',
      retryDelay: (failures, e) => (e instanceof Problem && e.retryAfter ? e.retryAfter * 1000 : 1000 * 2 ** failures),
    },
    mutations: { networkMode: 'always' },
  },
});

/** A list of so many pages that nobody waits for all of them once more. */
export const isLong = (query: { state: { data?: unknown } }) => ((query.state.data as Partial<InfiniteData<unknown>> | undefined)?.pages?.length ?? 0) > 3;

/**
 * After a write: what is on its way is of before it, and would be shown as what came of it. A long list goes back to its first page, and the
 * rest is read as the reader comes to it.
 */
export async function readAnew(queryKey: QueryKey) {
  await queries.cancelQueries({ queryKey });
  queries.setQueriesData<InfiniteData<unknown>>({ queryKey, predicate: isLong }, (list) => list && { pages: list.pages.slice(0, 1), pageParams: list.pageParams.slice(0, 1) });
  await queries.invalidateQueries({ queryKey });
}

whenLeaving(async () => queries.clear());
