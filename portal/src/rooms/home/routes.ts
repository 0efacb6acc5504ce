import type { Room } from '../room';

const home: Room = {
  name: 'home',
  words: import.meta.glob('./*.json'),
  routes: [
    { path: '/', name: 'home', component: () => import('./HomePage.vue') },
    { path: '/search', component: () => import('./SearchPage.vue'), meta: { roles: [], title: 'home.search.title' } },
    { path: '/to-send', component: () => import('./SentPage.vue'), meta: { title: 'home.toSend.title' } },
    { path: '/not-yours', name: 'not-yours', component: () => import('./NotYoursPage.vue'), meta: { title: 'home.notYours.title' } },
    { path: '/:rest(.*)*', component: () => import('./NotTherePage.vue'), meta: { title: 'home.notThere.title' } },
  ],
};

export default home;
