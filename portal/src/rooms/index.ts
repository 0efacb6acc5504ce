import account from './account/routes';
import donor from './donor/routes';
import employer from './employer/routes';
import evaluation from './evaluation/routes';
import home from './home/routes';
import office from './office/routes';
import everybody from './public/routes';
import recycler from './recycler/routes';
import type { Room } from './room';
import regulator from './regulator/routes';
import school from './school/routes';
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
  office,
  evaluation,
  regulator,
  everybody,
  account,
];
