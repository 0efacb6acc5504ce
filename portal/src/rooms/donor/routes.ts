import type { Role } from '../../session';
import type { Room } from '../room';

const give: readonly Role[] = ['donor', 'logistics', 'programme-office'];
const follow: readonly Role[] = [...give, 'evaluator'];

const donor: Room = {
  name: 'donor',
  words: import.meta.glob('./*.json'),
  routes: [
    { path: '/donations', component: () => import('./DonationsPage.vue'), meta: { roles: follow, title: 'donor.title' } },
    { path: '/donations/:id', component: () => import('./DonationPage.vue'), meta: { roles: follow, title: 'donor.one' } },
    { path: '/donations/:id/manifest', component: () => import('./ManifestPage.vue'), meta: { roles: give, title: 'donor.manifest.title' } },
    { path: '/donations/:id/letter', component: () => import('./LetterPage.vue'), meta: { roles: follow, title: 'donor.letter.title' } },
  ],
  links: [{ to: '/donations', label: { en: 'Donations', ar: 'التبرعات' }, roles: follow }],
  waiting: { roles: ['donor'], load: () => import('./WaitingDonations.vue') },
};

export default donor;
