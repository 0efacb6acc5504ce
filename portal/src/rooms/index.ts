import account from './account/routes';
import home from './home/routes';
import everybody from './public/routes';
import type { Room } from './room';

export const rooms: Room[] = [
  home,
  account,
  everybody,
];
