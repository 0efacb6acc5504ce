import { computed, ref, type Ref } from 'vue';
import { useQuery } from '@tanstack/vue-query';
import { api, read } from '../../api/client';
import { Problem } from '../../api/problem';
import type { components } from '../../api/types/training';
import { everything } from '../office/everything';

export type Session = components['schemas']['SessionView'];
export const sessionStates = ['NeedsTrainer', 'Planned', 'Delivered', 'Cancelled'] as const;

/** The time, to the minute: a page that stays open sees a session begin and end. */
export const now = ref(Date.now());
setInterval(() => (now.value = Date.now()), 60_000);

/** Over, and nobody has closed its attendance. */
export const isLeftOpen = (s: Pick<Session, 'state' | 'ends'>) => s.state === 'Planned' && Date.parse(s.ends) < now.value;

export const sessionBadge = (s: Pick<Session, 'state' | 'ends'>) => (isLeftOpen(s) ? 'wait' : ({ NeedsTrainer: 'wait', Planned: 'plain', Delivered: 'good', Cancelled: 'bad' } as const)[s.state]);

/** Who may teach at the facility, by the name that the volunteer gave. */
export function useTrainers(facility: Ref<string | null | undefined>) {
  return useQuery({
    queryKey: ['training', 'trainers', facility],
    enabled: computed(() => !!facility.value),
    queryFn: async () => {
      const assigned = await everything((after) => read(api.training.GET('/api/training/facilities/{id}/trainers', { params: { path: { id: facility.value! }, query: { after } } })));
      return await Promise.all(assigned.map(async (a) => ({ ...a, name: await volunteerName(a.volunteerId) })));
    },
  });
}

/** Who was erased has none. */
export async function volunteerName(id: string): Promise<string> {
  try {
    return (await read(api.volunteer.GET('/api/volunteer/volunteers/{id}', { params: { path: { id } } }))).name;
  } catch (e) {
    if (e instanceof Problem && e.status === 404) return '–';
    throw e;
  }
}

/** Sessions of which somebody has to do something: nobody teaches them, or they are over and their attendance is not closed. */
export type Waiting = 'trainer' | 'attendance';

/** Sessions are asked for by when they begin: after so long the longest is over. */
const LONGEST = 8 * 3600_000;

export const waitingSessions = (what: Waiting) =>
  what === 'trainer' ? { state: 'NeedsTrainer' as const } : { state: 'Planned' as const, to: new Date(Date.now() - LONGEST).toISOString() };
