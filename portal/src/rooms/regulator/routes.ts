import type { Role } from '../../session';
import type { Room } from '../room';

const roles: readonly Role[] = ['regulator'];

// The compliance board itself is the office's page, which the regulator opens too.
const regulator: Room = {
  name: 'regulator',
  words: import.meta.glob('./*.json'),
  routes: [
    { path: '/regulator/employers', component: () => import('./EmployersPage.vue'), meta: { roles, title: 'regulator.employers.title' } },
    { path: '/regulator/pledges', component: () => import('./PledgesPage.vue'), meta: { roles: [...roles, 'programme-office'], title: 'regulator.pledges.title' } },
  ],
  links: [
    { to: '/regulator/employers', label: { en: 'Employers', ar: 'أصحاب العمل' }, roles },
    { to: '/regulator/pledges', label: { en: 'Pledges', ar: 'التعهدات' }, roles: [...roles, 'programme-office'] },
  ],
};

export default regulator;
