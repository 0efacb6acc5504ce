import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { api, read } from '../../api/client';
import { kept } from '../../offline/kept';
import { readAnew } from '../../queries';

/** After a step: the office's and the volunteer's own pages tell of it too. */
export const changed = (id: string) => Promise.all([['readiness', id], ['office', 'facility', id], ['volunteer', `facility ${id}`]].map(readAnew));

/** The volunteers' room reads the same copy ahead, so that an assessor's page opens without a connection. */
export const useFacility = (id: () => string) =>
  useQuery({
    queryKey: computed(() => ['readiness', id()]),
    queryFn: () => kept(`facility ${id()}`, () => read(api.enrollment.GET('/api/enrollment/facilities/{id}', { params: { path: { id: id() } } }))),
  });
