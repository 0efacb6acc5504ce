import { useQuery } from '@tanstack/vue-query';
import { computed, type Ref } from 'vue';
import { api, read } from '../../api/client';
import type { components } from '../../api/types/inventory';

type State = components['schemas']['DonationState'];

export const donationBadge = (state: State): 'plain' | 'good' | 'wait' | 'bad' => (state === 'Received' ? 'good' : state === 'Declined' ? 'bad' : 'wait');

/** A donation and what became of it. */
export function useDonation(id: Ref<string>) {
  const path = computed(() => ({ path: { id: id.value } }));
  const donation = useQuery({ queryKey: ['donations', id], queryFn: () => read(api.inventory.GET('/api/inventory/donations/{id}', { params: path.value })) });
  const outcome = useQuery({ queryKey: ['donations', id, 'outcome'], queryFn: () => read(api.inventory.GET('/api/inventory/donations/{id}/outcome', { params: path.value })) });
  const donor = useQuery({
    queryKey: ['donor', computed(() => donation.data.value?.donorId)],
    queryFn: () => read(api.inventory.GET('/api/inventory/donors/{id}', { params: { path: { id: donation.data.value!.donorId } } })),
    enabled: computed(() => !!donation.data.value),
  });
  return { donation: donation.data, outcome: outcome.data, donor: donor.data, error: computed(() => donation.error.value ?? outcome.error.value), refetch: () => Promise.all([donation.refetch(), outcome.refetch()]) };
}
