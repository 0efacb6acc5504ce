import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { api, read } from '../../api/client';
import type { components } from '../../api/types/inventory';
import { mayAny, type Role } from '../../session';

export type Place = components['schemas']['LocationView'];

const roles: readonly Role[] = ['programme-office', 'logistics', 'club', 'recycler'];

/** All pages of a list that is known to be short. */
export async function all<T>(page: (after: string | undefined) => Promise<{ items: T[]; next: string | null }>): Promise<T[]> {
  const items: T[] = [];
  let after: string | undefined;
  do {
    const { items: more, next } = await page(after);
    items.push(...more);
    after = next ?? undefined;
  } while (after);
  return items;
}

/** Warehouses, clubs, recyclers and facilities, as far as the person may see them. */
export function usePlaces() {
  const { data } = useQuery({
    queryKey: ['places'],
    queryFn: () => all((after) => read(api.inventory.GET('/api/inventory/locations', { params: { query: { after, limit: 200 } } }))),
    enabled: computed(() => mayAny(roles)),
    staleTime: 600_000,
  });
  const byId = computed(() => new Map((data.value ?? []).map((p) => [p.id, p])));
  return {
    /** Of these kinds; options for a select. */
    options: (...kinds: Place['kind'][]) => (data.value ?? []).filter((p) => kinds.includes(p.kind)).map((p) => ({ value: p.id, label: `${p.code} · ${p.name}` })),
    nameOf: (id: string | null | undefined) => (id && byId.value.get(id)?.name) || null,
  };
}
