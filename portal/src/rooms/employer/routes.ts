import type { Role } from '../../session';
import type { Room } from '../room';

const roles: Role[] = ['employer'];

const employer: Room = {
  name: 'employer',
  words: import.meta.glob('./*.json'),
  routes: [
    { path: '/employer', component: () => import('./EmployerPage.vue'), meta: { roles, title: 'employer.title' } },
    { path: '/employer/company', component: () => import('./CompanyPage.vue'), meta: { roles, title: 'employer.company.title' } },
    { path: '/employer/sites/new', component: () => import('./SitePage.vue'), meta: { roles, title: 'employer.site.new' } },
    { path: '/employer/sites/:id', component: () => import('./SitePage.vue'), props: true, meta: { roles, title: 'employer.site.title' } },
    { path: '/employer/facilities/:key', component: () => import('./FacilityPage.vue'), props: (to) => ({ id: to.params.key }), meta: { roles, title: 'employer.facility.title', shows: 'facility' } },
    { path: '/employer/facilities/:id/tickets', component: () => import('./TicketsPage.vue'), props: true, meta: { roles, title: 'employer.tickets.title' } },
    { path: '/employer/facilities/:id/workers', component: () => import('./WorkersPage.vue'), props: true, meta: { roles, title: 'employer.workers.title' } },
  ],
  links: [{ to: '/employer', label: { en: 'Company and facilities', ar: 'الشركة والمرافق' }, roles }],
  waiting: { roles, load: () => import('./WaitingList.vue') },
};

export default employer;
