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

/** The organisations that accounts with these roles may belong to; null for roles that have none. */
export function useOrganisations(roles: Ref<readonly string[]>) {
  const kinds = computed(() => roles.value.filter((r): r is Kind => r in lists));
  const found = useQueries({ queries: computed(() => kinds.value.map((kind) => ({ queryKey: ['office', 'organisations', kind], queryFn: (): Promise<{ id: string; name: string }[]> => lists[kind]() }))) });
  return computed(() => (kinds.value.length ? found.value.flatMap((q) => (q.data ?? []).map(({ id, name }) => ({ value: id, label: name }))) : null));
}
