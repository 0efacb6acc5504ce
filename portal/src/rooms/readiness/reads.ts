import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { api, read } from '../../api/client';
import { kept } from '../../offline/kept';
import { readAnew } from '../../queries';

/** After a step: the office's and the volunteer's own pages tell of it too. */
export const changed = (id: string) => Promise.all([['readiness', id], ['office', 'facility', id], ['volunteer', `facility ${id}`]].map(readAnew));

let last: Promise<unknown> = Promise.resolve();
/** Of two steps at one facility at once the service takes one; a quick hand on a slow connection has them follow one another. */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const own = last.then(work);
  last = own.catch(() => undefined);
  return own;
}

/** The volunteers' room reads the same copy ahead, so that an assessor's page opens without a connection. */
export const useFacility = (id: () => string) =>
  useQuery({
    queryKey: computed(() => ['readiness', id()]),
    queryFn: () => kept(`facility ${id()}`, () => read(api.enrollment.GET('/api/enrollment/facilities/{id}', { params: { path: { id: id() } } }))),
  });
