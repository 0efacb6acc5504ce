import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { api, read, readTagged } from '../../api/client';
import { Problem } from '../../api/problem';
import type { components } from '../../api/types/enrollment';
import { session } from '../../session';

export type Facility = components['schemas']['FacilityView'];

/** The company of this account; `isNew` until it has registered. */
export function useCompany() {
  const query = useQuery({
    queryKey: ['employer', 'company'],
    queryFn: () => readTagged(api.enrollment.GET('/api/enrollment/employers/{id}', { params: { path: { id: session.organisation! } } })),
    enabled: computed(() => !!session.organisation),
    retry: false,
  });
  return { ...query, isNew: computed(() => query.error.value instanceof Problem && query.error.value.code === 'employer_unknown') };
}

/** What the programme office wrote when it did not approve the company; nothing once it is looked at again. */
export function useRefusal() {
  const { data: company } = useCompany();
  const refused = computed(() => company.value?.value.state === 'Rejected');
  const { data: history } = useQuery({
    queryKey: ['employer', 'company', 'history'],
    queryFn: () => read(api.enrollment.GET('/api/enrollment/employers/{id}/history', { params: { path: { id: session.organisation! } } })),
    enabled: refused,
  });
  return computed(() => (refused.value ? history.value?.findLast((e, i, all) => e.state === 'Rejected' && all[i - 1]?.state !== 'Rejected')?.why : undefined));
}

/** One facility with its ETag. All its pages share the copy, and what hangs on it lies beneath the same key. */
export const useFacility = (id: () => string) =>
  useQuery({
    queryKey: computed(() => ['employer', 'facility', id()]),
    queryFn: () => readTagged(api.enrollment.GET('/api/enrollment/facilities/{id}', { params: { path: { id: id() } } })),
  });

const MOST = 200; // one company's: the largest have some dozens

export const useFacilities = () =>
  useQuery({ queryKey: ['employer', 'facilities'], queryFn: async () => (await read(api.enrollment.GET('/api/enrollment/facilities', { params: { query: { limit: MOST } } }))).items });

export const useSites = () =>
  useQuery({ queryKey: ['employer', 'sites'], queryFn: async () => (await read(api.enrollment.GET('/api/enrollment/sites', { params: { query: { limit: MOST } } }))).items });

/** What a facility's state means to who looks at it. */
export const kindOf = (state: Facility['state']) =>
  state === 'Open' ? 'good' : ['Suspended', 'Closed', 'Withdrawn'].includes(state) ? 'bad' : 'wait';

/** States in which the employer works on the room. */
export const isPrepared = (state: Facility['state']) => state === 'NeedsAssessed' || state === 'SpaceInPreparation';
