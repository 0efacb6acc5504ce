import type { Role } from '../../session';
import type { Room } from '../room';

/** Who looks for volunteers. */
export const seekers: readonly Role[] = ['programme-office', 'training-partner'];
const roles: readonly Role[] = [...seekers, 'volunteer'];

const openings: Room = {
  name: 'openings',
  words: import.meta.glob('./*.json'),
  routes: [
    { path: '/openings', component: () => import('./OpeningsPage.vue'), meta: { roles, title: 'openings.title' } },
    { path: '/openings/:id', component: () => import('./OpeningPage.vue'), props: true, meta: { roles, title: 'openings.place' } },
  ],
  links: [{ to: '/openings', label: { en: 'Places for volunteers', ar: 'أماكن المتطوعين', hi: 'स्वयंसेवकों के लिए काम', ur: 'رضاکاروں کے لیے کام', bn: 'স্বেচ্ছাসেবকদের কাজ', tl: 'Mga gawain', ml: 'വോളണ്ടിയർ ഒഴിവുകൾ', ta: 'உதவ வாய்ப்புகள்', si: 'ස්වේච්ඡා සේවකයන්ට තැන්', ne: 'स्वयंसेवकका लागि काम' }, roles }],
  waiting: { roles: seekers, load: () => import('./WaitingOpenings.vue') },
};

export default openings;
