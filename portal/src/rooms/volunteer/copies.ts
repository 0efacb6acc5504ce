import { useQuery } from '@tanstack/vue-query';
import { computed, watch } from 'vue';
import { api, read, send } from '../../api/client';
import type { components as Training } from '../../api/types/training';
import type { components as Volunteer } from '../../api/types/volunteer';
import { connection } from '../../connection';
import { database } from '../../offline/database';
import { kept } from '../../offline/kept';
import { outbox } from '../../offline/outbox';
import { session, whenLeaving } from '../../session';

export type Assignment = Volunteer['schemas']['AssignmentView'];
export type VisitView = Volunteer['schemas']['VisitView'];
export type Session = Training['schemas']['SessionView'];
/** With the pictures and sound in its lessons, by their address there: `attachments/button.png`. */
export type Lessons = Training['schemas']['VersionView'] & { lessons: Training['schemas']['ModuleView'][]; files: Record<string, Blob> };

/** Something that is read with a connection and kept for when there is none. */
interface Copy<T> {
  name: string;
  read: () => Promise<T>;
}

const MOST = 200, DAY = 86_400_000;
/** Too large to be fetched ahead: it plays where there is a connection. */
const FILM = /\.(mp4|webm)$/;

/** All pages of a list, which for one volunteer are few. */
async function all<T>(page: (after: string | undefined) => Promise<{ items: T[]; next: string | null }>): Promise<T[]> {
  const items: T[] = [];
  let after: string | undefined;
  do {
    const read = await page(after);
    items.push(...read.items);
    after = read.next ?? undefined;
  } while (after);
  return items;
}

export const copies = {
  me: (): Copy<Volunteer['schemas']['VolunteerView']> => ({ name: 'me', read: () => read(api.volunteer.GET('/api/volunteer/me')) }),

  /** Those that are asked for, offered or accepted, the next first. */
  assignments: (): Copy<Assignment[]> => ({
    name: 'assignments',
    read: async () => {
      const states = (['Requested', 'Offered', 'Accepted'] as const).map((state) => all((after) => read(api.volunteer.GET('/api/volunteer/assignments', { params: { query: { state, after, limit: MOST } } }))));
      return (await Promise.all(states)).flat().sort((a, b) => a.starts.localeCompare(b.starts));
    },
  }),

  /** From yesterday on: those it teaches, and those where it learns. */
  sessions: (): Copy<Session[]> => ({
    name: 'sessions',
    read: () => all((after) => read(api.training.GET('/api/training/sessions', { params: { query: { from: new Date(Date.now() - DAY).toISOString(), after, limit: MOST } } }))),
  }),

  session: (id: string): Copy<Session> => ({ name: `session ${id}`, read: () => read(api.training.GET('/api/training/sessions/{id}', { params: { path: { id } } })) }),

  roster: (id: string) => ({
    name: `roster ${id}`,
    read: () => all((after) => read(api.training.GET('/api/training/sessions/{id}/roster', { params: { path: { id }, query: { after, limit: MOST } } }))),
  }),

  attendance: (id: string) => ({
    name: `attendance ${id}`,
    read: () => all((after) => read(api.training.GET('/api/training/sessions/{id}/attendance', { params: { path: { id }, query: { after, limit: MOST } } }))),
  }),

  surveys: () => ({ name: 'surveys', read: () => read(api.evaluation.GET('/api/evaluation/my/collectors')) }),

  visits: (assignmentId: string): Copy<VisitView[]> => ({
    name: `visits ${assignmentId}`,
    read: () => all((after) => read(api.volunteer.GET('/api/volunteer/visits', { params: { query: { assignmentId, after, limit: MOST } } }))),
  }),

  facility: (id: string) => ({ name: `facility ${id}`, read: () => read(api.enrollment.GET('/api/enrollment/facilities/{id}', { params: { path: { id } } })) }),

  /** On their way, with this account named to receive them. */
  deliveries: () => ({ name: 'deliveries', read: () => all((after) => read(api.inventory.GET('/api/inventory/shipments', { params: { query: { status: 'Dispatched', after, limit: MOST } } }))) }),

  delivery: (id: string) => ({ name: `delivery ${id}`, read: () => read(api.inventory.GET('/api/inventory/shipments/{id}', { params: { path: { id } } })) }),

  /** The workers' toolkit of a topic, whole; null where none is published. */
  lessons: (topic: string, language: string): Copy<Lessons | null> => ({
    name: `lessons ${topic} ${language}`,
    read: async () => {
      const toolkits = (await read(api.training.GET('/api/training/toolkits', { params: { query: { topic } } }))).items;
      const toolkit = toolkits.find((t) => t.audience === 'Workers') ?? toolkits[0];
      const version = toolkit?.versions.findLast((v) => v.state === 'Published');
      if (!toolkit || !version) return null;
      const copy = (await (await database()).get('kept', [session.account ?? '', `lessons ${topic} ${language}`]))?.value as Lessons | undefined;
      if (copy?.toolkitId === toolkit.id && copy.number === version.number) return copy; // what is published does not change, and its pictures are large
      const path = { id: toolkit.id, number: version.number };
      const outline = await read(api.training.GET('/api/training/toolkits/{id}/versions/{number}', { params: { path, query: { language } } }));
      const lessons = await Promise.all(outline.modules.map(({ slug }) =>
        read(api.training.GET('/api/training/toolkits/{id}/versions/{number}/modules/{slug}', { params: { path: { ...path, slug }, query: { language } } }))));
      const shown = new Set(lessons.flatMap((l) => [...l.html.matchAll(/src="(attachments\/[^"]+)"/g)].map((m) => m[1]!)).filter((f) => !FILM.test(f)));
      const address = `/api/training/toolkits/${toolkit.id}/versions/${version.number}/`;
      const files = await Promise.all([...shown].map(async (f) => [f, await (await send(new Request(new URL(address + f, location.origin)))).blob()] as const));
      return { ...outline, lessons, files: Object.fromEntries(files) };
    },
  }),
};

/** What is kept, else what is read now; read anew once there is a connection again or everything recorded here was sent. */
export function useCopy<T>(copy: () => Copy<T>, enabled: () => boolean = () => true) {
  const query = useQuery({
    queryKey: computed(() => ['volunteer', copy().name]),
    queryFn: () => kept(copy().name, copy().read),
    enabled: computed(enabled),
  });
  watch(() => connection.online && outbox.state.entries.length === 0, (now) => now && enabled() && void query.refetch());
  return query;
}

/** A volunteer's work of the next days. Once it was read anew, what it needs is read ahead, so that it is there without a connection. */
export function useNextDays() {
  const [me, assignments, sessions] = [useCopy(copies.me), useCopy(copies.assignments), useCopy(copies.sessions)];
  watch([me, assignments, sessions].map((query) => query.isFetching), (fetching) => {
    const [m, a, s] = [me.data.value, assignments.data.value, sessions.data.value];
    if (!fetching.some(Boolean) && m?.fresh && a?.fresh && s?.fresh) keepAhead(a.value, s.value, m.value.id);
  }, { immediate: true });
  return { me, assignments, sessions };
}

let latest = 0;
let running = Promise.resolve();
whenLeaving(async () => void latest++); // nothing is read for who has left

/** One run at a time, which a later one takes over: it knows more. What fails now is read when its page is opened. */
function keepAhead(assignments: Assignment[], sessions: Session[], me: string) {
  const soon = sessions.filter((s) => s.state !== 'Cancelled' && Date.parse(s.starts) < Date.now() + 7 * DAY);
  const wanted: Copy<unknown>[] = [
    ...assignments.filter((a) => a.state === 'Accepted').flatMap((a) => [copies.facility(a.facilityId), copies.visits(a.id)]),
    ...soon.flatMap((s) => [copies.session(s.id), ...(s.trainerId === me ? [copies.roster(s.id), copies.attendance(s.id), copies.lessons(s.topic, s.language)] : [])]),
    copies.deliveries(),
    copies.surveys(),
  ];
  const names = new Map(wanted.map((c) => [c.name, c]));
  const own = ++latest;
  running = running.then(async () => {
    for (const copy of names.values()) if (own === latest) await kept(copy.name, copy.read).catch(() => undefined);
  });
}
