import { useQueries } from '@tanstack/vue-query';
import { computed, type Ref } from 'vue';
import { api, read } from '../../api/client';
import { everything } from './everything';

/** For these roles an account sees what is its organisation's, and nothing without one. */
const lists = {
  donor: () => everything((after) => read(api.inventory.GET('/api/inventory/donors', { params: { query: { after, limit: 200 } } }))),
  employer: () => everything((after) => read(api.enrollment.GET('/api/enrollment/employers', { params: { query: { after, limit: 200 } } }))),
  club: () => placesOf('Club'),
  recycler: () => placesOf('Recycler'),
};
const placesOf = async (kind: 'Club' | 'Recycler') =>
  (await everything((after) => read(api.inventory.GET('/api/inventory/locations', { params: { query: { kind, after, limit: 200 } } })))).flatMap(({ organisationId: id, name }) => (id ? [{ id, name }] : []));

type Kind = keyof typeof lists;
const kinds = Object.keys(lists) as Kind[];

export const hasOrganisation = (role: string) => role in lists;

/** The organisations that accounts with these roles may belong to; not `needed` for roles that have none. */
export function useOrganisations(roles: Ref<readonly string[]>) {
  const found = useQueries({
    queries: computed(() => kinds.map((kind) => ({
      queryKey: ['office', 'organisations', kind],
      enabled: roles.value.includes(kind),
      queryFn: (): Promise<{ id: string; name: string }[]> => lists[kind](),
    }))),
  });
  const asked = computed(() => found.value.filter((_, i) => roles.value.includes(kinds[i]!)));
  return {
    needed: computed(() => asked.value.length > 0),
    known: computed(() => asked.value.flatMap((q) => (q.data ?? []).map(({ id, name }) => ({ value: id, label: name })))),
    complete: computed(() => asked.value.every((q) => q.data)),
    error: computed(() => asked.value.find((q) => q.error)?.error),
    again: () => asked.value.forEach((q) => q.error && void q.refetch()),
  };
}
