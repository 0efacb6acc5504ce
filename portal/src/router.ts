import { createRouter, createWebHistory, START_LOCATION } from 'vue-router';
import { say } from './notice';
import { pageThatShows, rooms, type Shown } from './rooms';
import { loadSession, mayAny, session } from './session';
import { enter, i18n, loadWords } from './words';

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
  if (to.meta.room) await enter(to.meta.room);
});

router.afterEach((to) => {
  const { t } = i18n.global;
  document.title = to.meta.title ? `${t(to.meta.title)} · ${t('name')}` : t('name');
});

// A page's script does not come: there is no connection, or it is of a version that is gone, and loading the page anew brings the present one.
// Once: where that fails, too, it is said.
router.onError((_, to, from) => {
  if (navigator.onLine && from !== START_LOCATION) location.assign(to.fullPath);
  else say(i18n.global.t(navigator.onLine ? 'problems.unreachable' : 'problems.offline'), 'bad');
});

/** Where the person may read about a device, facility, …; null when none of their pages shows it. */
export const pageOf = (kind: Shown, key: string) => pageThatShows(kind, mayAny)?.path.replace(':key', encodeURIComponent(key)) ?? null;
