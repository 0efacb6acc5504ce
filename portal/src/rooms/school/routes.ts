import type { Role } from '../../session';
import type { Room } from '../room';

const refurbish: readonly Role[] = ['club', 'logistics', 'programme-office'];

const school: Room = {
  name: 'school',
  words: import.meta.glob('./*.json'),
  routes: [
    { path: '/work-orders', component: () => import('./WorkOrdersPage.vue'), meta: { roles: refurbish, title: 'school.title' } },
    { path: '/work-orders/:id', component: () => import('./WorkOrderPage.vue'), meta: { roles: refurbish, title: 'school.title' } },
    { path: '/wipe-log', component: () => import('./WipeLogPage.vue'), meta: { roles: refurbish, title: 'school.log.title' } },
    { path: '/licences', component: () => import('./LicencesPage.vue'), meta: { roles: refurbish, title: 'school.licences.title' } },
  ],
  links: [
    { to: '/work-orders', label: { en: 'Work orders', ar: 'أوامر العمل' }, roles: refurbish },
    { to: '/licences', label: { en: 'Licences', ar: 'التراخيص' }, roles: refurbish },
  ],
  waiting: { roles: ['club'], load: () => import('./WaitingOrders.vue') },
};

export default school;
