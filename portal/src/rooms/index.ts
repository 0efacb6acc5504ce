import account from './account/routes';
import home from './home/routes';
import office from './office/routes';
import everybody from './public/routes';
import type { Room } from './room';

export const rooms: Room[] = [
  home,
  account,
  everybody,
  office,
];
