import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { api, read } from '../../api/client';

/** The questionnaires, in their latest versions, for lists to choose from. */
export function useForms() {
  const { data } = useQuery({
    queryKey: ['evaluation', 'instruments', 'all'],
    queryFn: async () => (await read(api.evaluation.GET('/api/evaluation/instruments', { params: { query: { limit: 200 } } }))).items,
  });
  const label = (i: { code: string; title: string }) => `${i.code} · ${i.title}`;
  return {
    instruments: data,
    byCode: computed(() => (data.value ?? []).map((i) => ({ value: i.code, label: label(i) }))),
    byForm: computed(() => (data.value ?? []).map((i) => ({ value: i.formId, label: label(i) }))),
  };
}
