import type { Room } from '../room';

/** Operators work on a page that the gateway makes, so that it opens where little else does; gateway/Ops. */
const operator: Room = {
  name: 'operator',
  words: {},
  routes: [],
  links: [{ to: '/ops', label: { en: 'Operations', ar: 'التشغيل' }, roles: ['operator'], served: true }],
};

export default operator;
