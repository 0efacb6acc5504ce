import type { Role } from '../../session';
import type { Room } from '../room';

const recycle: readonly Role[] = ['recycler', 'logistics', 'programme-office'];

const recycler: Room = {
  name: 'recycler',
  words: import.meta.glob('./*.json'),
  routes: [
    { path: '/ewaste', component: () => import('./BatchesPage.vue'), meta: { roles: recycle, title: 'recycler.title' } },
    { path: '/ewaste/:id', component: () => import('./BatchPage.vue'), meta: { roles: recycle, title: 'recycler.one' } },
  ],
  links: [{ to: '/ewaste', label: { en: 'E-waste', ar: 'النفايات الإلكترونية' }, roles: recycle }],
  waiting: { roles: ['recycler'], load: () => import('./WaitingBatches.vue') },
};

export default recycler;
