import type { Role } from '../../session';
import type { Room } from '../room';

/** Volunteers only where they are named for it; the service says so. They come from their assignment, the office from its page of the facility. */
const roles: readonly Role[] = ['programme-office', 'volunteer'];

const readiness: Room = {
  name: 'readiness',
  words: import.meta.glob('./*.json'),
  routes: [
    { path: '/facilities/:id/needs', component: () => import('./NeedsPage.vue'), props: true, meta: { roles, title: 'readiness.needs.title' } },
    { path: '/facilities/:id/inspection', component: () => import('./InspectionPage.vue'), props: true, meta: { roles, title: 'readiness.inspection.title' } },
  ],
};

export default readiness;
