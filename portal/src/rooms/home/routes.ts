import type { Role } from '../../session';
import type { Room } from '../room';

/** Who may search for what; nobody else is offered a search. */
export const maySearch = {
  device: ['programme-office', 'logistics', 'club', 'recycler', 'donor', 'evaluator'],
  facility: ['programme-office', 'logistics', 'training-partner', 'evaluator', 'employer'],
  volunteer: ['programme-office', 'training-partner'],
} satisfies Record<string, readonly Role[]>;

export const searchers: readonly Role[] = [...new Set(Object.values(maySearch).flat())];

const home: Room = {
  name: 'home',
  words: import.meta.glob('./*.json'),
  routes: [
    { path: '/', name: 'home', component: () => import('./HomePage.vue') },
    { path: '/search', component: () => import('./SearchPage.vue'), meta: { roles: searchers, title: 'home.search.title' } },
    { path: '/to-send', component: () => import('./SentPage.vue'), meta: { title: 'home.toSend.title' } },
    { path: '/not-yours', name: 'not-yours', component: () => import('./NotYoursPage.vue'), meta: { title: 'home.notYours.title' } },
    { path: '/:rest(.*)*', component: () => import('./NotTherePage.vue'), meta: { title: 'home.notThere.title' } },
  ],
};

export default home;
