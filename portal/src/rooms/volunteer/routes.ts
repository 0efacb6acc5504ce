import type { Role } from '../../session';
import type { Room } from '../room';

const roles: Role[] = ['volunteer'];

const volunteer: Room = {
  name: 'volunteer',
  words: import.meta.glob('./*.json'),
  routes: [
    { path: '/volunteer', component: () => import('./MyDayPage.vue'), meta: { roles, title: 'volunteer.day.title' } },
    { path: '/volunteer/profile', component: () => import('./ProfilePage.vue'), meta: { roles, title: 'volunteer.profile.title' } },
    { path: '/volunteer/availability', component: () => import('./AvailabilityPage.vue'), meta: { roles, title: 'volunteer.availability.title' } },
    { path: '/volunteer/assignments/:id', component: () => import('./AssignmentPage.vue'), props: true, meta: { roles, title: 'volunteer.assignment.title' } },
    { path: '/volunteer/assignments/:id/report', component: () => import('./ReportPage.vue'), props: true, meta: { roles, title: 'volunteer.report.title' } },
    { path: '/volunteer/deliveries/:id', component: () => import('./DeliveryPage.vue'), props: true, meta: { roles, title: 'volunteer.delivery.title' } },
    { path: '/volunteer/sessions/:id', component: () => import('./SessionPage.vue'), props: true, meta: { roles, title: 'volunteer.session.title' } },
    { path: '/volunteer/surveys', component: () => import('./SurveysPage.vue'), meta: { roles, title: 'volunteer.surveys.title' } },
    { path: '/volunteer/lessons/:topic/:language', component: () => import('./LessonsPage.vue'), props: true, meta: { roles, title: 'volunteer.lessons.title' } },
  ],
  links: [
    { to: '/volunteer', label: { en: 'My day', ar: 'يومي', hi: 'मेरा दिन', ur: 'میرا دن', bn: 'আমার দিন', tl: 'Aking araw', ml: 'എന്റെ ദിവസം', ta: 'என் நாள்', si: 'මගේ දවස', ne: 'मेरो दिन' }, roles },
    { to: '/volunteer/surveys', label: { en: 'Surveys', ar: 'الاستبيانات', hi: 'सर्वेक्षण', ur: 'سروے', bn: 'জরিপ', tl: 'Mga survey', ml: 'സർവേകൾ', ta: 'கருத்தாய்வுகள்', si: 'සමීක්ෂණ', ne: 'सर्वेक्षण' }, roles },
    { to: '/volunteer/profile', label: { en: 'My profile', ar: 'ملفي', hi: 'मेरी जानकारी', ur: 'میرا پروفائل', bn: 'আমার প্রোফাইল', tl: 'Aking profile', ml: 'എന്റെ പ്രൊഫൈൽ', ta: 'என் விவரம்', si: 'මගේ පැතිකඩ', ne: 'मेरो विवरण' }, roles },
  ],
  waiting: { roles, load: () => import('./WaitingList.vue') },
};

export default volunteer;
