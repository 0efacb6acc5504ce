import { api, read } from '../../api/client';
import { i18n } from '../../words';

/** Somebody or something that waits for the office. */
export interface Waiting {
  id: string;
  title: string;
  about: string;
  since: string;
}

/** One kind of thing that waits, and what the office may say to it. */
export interface Kind {
  name: string;
  /** In the words of the language of now. */
  page: (after?: string, limit?: number) => Promise<{ items: Waiting[]; next: string | null }>;
  approve: (id: string) => Promise<unknown>;
  /** With a reason that the other side reads; what can only be approved waits until it can be. */
  refuse?: (id: string, why: string) => Promise<unknown>;
}

const join = (...parts: (string | null | undefined)[]) => parts.filter(Boolean).join(' · ');
const LIMIT = 20;
const { t, locale } = i18n.global;
/** What volunteers offer to do, in words: their slugs are the roles'. */
export const skillsOf = (skills: readonly string[]) => skills.map((s) => t(`office.approvals.roles.${s[0]!.toUpperCase()}${s.slice(1)}`)).join(', ');
const languageName = (code: string) => new Intl.DisplayNames(locale.value, { type: 'language' }).of(code) ?? code;

async function listed<T>(answer: Promise<{ items: T[]; next: string | null }>, show: (item: T) => Waiting) {
  const { items, next } = await answer;
  return { items: items.map(show), next };
}

export const kinds: Kind[] = [
  {
    name: 'employers',
    page: (after, limit = LIMIT) => listed(read(api.enrollment.GET('/api/enrollment/employers', { params: { query: { state: 'UnderReview', after, limit } } })),
      (e) => ({ id: e.id, title: e.name, about: join(e.commercialRegistration, e.contact?.name, e.contact?.email, e.contact?.phone), since: e.stateSince })),
    approve: (id) => api.enrollment.POST('/api/enrollment/employers/{id}/approve', { params: { path: { id } } }),
    refuse: (id, why) => api.enrollment.POST('/api/enrollment/employers/{id}/reject', { params: { path: { id } }, body: { why } }),
  },
  {
    name: 'volunteers',
    page: (after, limit = LIMIT) => listed(read(api.volunteer.GET('/api/volunteer/volunteers', { params: { query: { state: 'Applied', after, limit } } })),
      (v) => ({ id: v.id, title: `${v.number} ${v.name}`, about: join(v.homeArea, v.languages.map((l) => languageName(l.language)).join(', '), skillsOf(v.skills), v.motivation), since: v.appliedAt })),
    approve: (id) => api.volunteer.POST('/api/volunteer/volunteers/{id}/accept', { params: { path: { id } } }),
    refuse: (id, why) => api.volunteer.POST('/api/volunteer/volunteers/{id}/reject', { params: { path: { id } }, body: { why } }),
  },
  {
    name: 'donations',
    page: (after, limit = LIMIT) => listed(read(api.inventory.GET('/api/inventory/donations', { params: { query: { state: 'Offered', after, limit } } })),
      (d) => ({ id: d.id, title: d.description, about: join(t('office.approvals.devices', { n: d.expectedDevices }), d.collectFrom), since: d.stateSince })),
    approve: (id) => api.inventory.POST('/api/inventory/donations/{id}/accept', { params: { path: { id } }, body: {} }),
    refuse: (id, why) => api.inventory.POST('/api/inventory/donations/{id}/decline', { params: { path: { id } }, body: { why } }),
  },
  {
    name: 'openings',
    page: (after, limit = LIMIT) => listed(read(api.enrollment.GET('/api/enrollment/facilities', { params: { query: { state: 'KitDelivered', after, limit } } })),
      (f) => ({ id: f.id, title: f.code, about: join(f.site, f.employer, f.zone), since: f.stateSince })),
    approve: (id) => api.enrollment.POST('/api/enrollment/facilities/{id}/open', { params: { path: { id } } }),
  },
  {
    name: 'places',
    page: (after, limit = LIMIT) => listed(read(api.volunteer.GET('/api/volunteer/assignments', { params: { query: { state: 'Requested', after, limit } } })),
      (a) => ({ id: a.id, title: join(a.volunteerNumber, a.facilityCode), about: join(t(`office.approvals.roles.${a.role}`), a.zone), since: a.stateSince })),
    approve: (id) => api.volunteer.POST('/api/volunteer/assignments/{id}/accept', { params: { path: { id } } }),
    refuse: (id, why) => api.volunteer.POST('/api/volunteer/assignments/{id}/decline', { params: { path: { id } }, body: { why } }),
  },
  {
    name: 'hours',
    page: (after, limit = LIMIT) => listed(read(api.volunteer.GET('/api/volunteer/visits', { params: { query: { state: 'Ended', after, limit } } })),
      (v) => ({ id: v.id, title: t('office.approvals.visit', { number: v.number, n: v.minutes ?? 0 }), about: join(t(`office.approvals.roles.${v.role}`), v.inMetres == null ? null : t('office.approvals.metres', { n: v.inMetres })), since: v.outAt ?? v.inAt })),
    approve: (id) => api.volunteer.POST('/api/volunteer/visits/{id}/approve', { params: { path: { id } }, body: {} }),
    refuse: (id, why) => api.volunteer.POST('/api/volunteer/visits/{id}/reject', { params: { path: { id } }, body: { why } }),
  },
];
