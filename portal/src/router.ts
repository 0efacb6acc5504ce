import { createRouter, createWebHistory } from 'vue-router';
import { pageThatShows, rooms, type Shown } from './rooms';
import { loadSession, mayAny, session } from './session';
import { i18n, loadWords } from './words';

export const router = createRouter({
  history: createWebHistory(),
  routes: rooms.flatMap((room) => room.routes.map((route) => ({ ...route, meta: { ...route.meta, room } }))),
  scrollBehavior: (to, _, saved) => saved ?? (to.hash ? { el: to.hash } : { top: 0 }),
});

const asked = loadSession();

router.beforeEach(async (to) => {
  // Fetched while the gateway is asked who this is; on a slow connection each round trip less is seen.
  if (to.meta.room) void loadWords(to.meta.room).catch(() => undefined); // waited for below
  await asked;
  if (mayAny(to.meta.roles)) return;
  return session.signedIn ? { name: 'not-yours' } : { name: 'sign-in', query: { returnTo: to.fullPath } };
});

router.beforeResolve(async (to) => {
  if (to.meta.room) await loadWords(to.meta.room);
});

router.afterEach((to) => {
  const { t } = i18n.global;
  document.title = to.meta.title ? `${t(to.meta.title)} · ${t('name')}` : t('name');
});

/** Where the person may read about a device, facility, …; null when none of their pages shows it. */
export const pageOf = (kind: Shown, key: string) => pageThatShows(kind, mayAny)?.path.replace(':key', encodeURIComponent(key)) ?? null;
