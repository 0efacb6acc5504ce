import type { Role } from '../session';
import account from './account/routes';
import donor from './donor/routes';
import employer from './employer/routes';
import evaluation from './evaluation/routes';
import home from './home/routes';
import office from './office/routes';
import openings from './openings/routes';
import operator from './operator/routes';
import everybody from './public/routes';
import readiness from './readiness/routes';
import recycler from './recycler/routes';
import regulator from './regulator/routes';
import type { Room, Shown } from './room';
import school from './school/routes';
import tickets from './tickets/routes';
import training from './training/routes';
import volunteer from './volunteer/routes';
import warehouse from './warehouse/routes';

export const rooms: Room[] = [
  home,
  volunteer,
  employer,
  warehouse,
  school,
  recycler,
  donor,
  training,
  openings,
  office,
  readiness,
  tickets,
  evaluation,
  regulator,
  operator,
  everybody,
  account,
];

export type { Shown };

/** Where two pages show the same to somebody, the one made for fewer roles is nearer to their work. */
export const pageThatShows = (kind: Shown, may: (roles: readonly Role[] | undefined) => boolean) => rooms
  .flatMap((room) => room.routes)
  .filter((page) => page.meta?.shows === kind && may(page.meta.roles))
  .sort((one, other) => (one.meta?.roles?.length ?? Infinity) - (other.meta?.roles?.length ?? Infinity))[0];
