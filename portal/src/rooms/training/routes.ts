import type { Role } from '../../session';
import type { Room } from '../room';

const roles: readonly Role[] = ['training-partner'];
/** Who sees right answers and drafts. */
const readers: readonly Role[] = [...roles, 'programme-office'];

const training: Room = {
  name: 'training',
  words: import.meta.glob('./*.json'),
  routes: [
    { path: '/training', component: () => import('./TimetablePage.vue'), meta: { roles, title: 'training.timetable.title' } },
    { path: '/training/plan', component: () => import('./PlanPage.vue'), meta: { roles, title: 'training.plan.title' } },
    { path: '/training/sessions/:key', component: () => import('./SessionPage.vue'), props: true, meta: { roles, title: 'training.session.title' } },
    { path: '/training/sessions/:key/change', component: () => import('./PlanPage.vue'), props: true, meta: { roles, title: 'training.plan.change' } },
    { path: '/training/refreshers', component: () => import('./RefreshersPage.vue'), meta: { roles, title: 'training.refreshers.title' } },
    { path: '/training/courses', component: () => import('./CoursesPage.vue'), meta: { roles, title: 'training.courses.title' } },
    { path: '/training/courses/new', component: () => import('./CourseFormPage.vue'), meta: { roles, title: 'training.edit.title' } },
    { path: '/training/courses/:key/change', component: () => import('./CourseFormPage.vue'), props: true, meta: { roles, title: 'training.edit.change' } },
    { path: '/training/courses/:key', component: () => import('./CoursePage.vue'), props: true, meta: { roles, title: 'training.course.title' } },
    { path: '/training/toolkits', component: () => import('./ToolkitsPage.vue'), meta: { roles: readers, title: 'training.toolkits.title' } },
    { path: '/training/toolkits/:key', component: () => import('./ToolkitPage.vue'), props: true, meta: { roles: readers, title: 'training.toolkits.lessons' } },
    { path: '/training/toolkits/:key/versions/:number/:slug', component: () => import('./ModulePage.vue'), props: true, meta: { roles: readers, title: 'training.module.lesson' } },
    { path: '/training/runs/:key', component: () => import('./RunPage.vue'), props: true, meta: { roles, title: 'training.run.title' } },
    { path: '/training/learners/:key', component: () => import('./LearnerPage.vue'), props: true, meta: { roles, title: 'training.learner.title' } },
    { path: '/training/certificates', component: () => import('./CertificatesPage.vue'), meta: { roles, title: 'training.certificates.title' } },
  ],
  links: [
    { to: '/training', label: { en: 'Timetable', ar: 'الجدول' }, roles },
    { to: '/training/courses', label: { en: 'Courses', ar: 'الدورات' }, roles },
    { to: '/training/toolkits', label: { en: 'Lessons and quizzes', ar: 'الدروس والاختبارات' }, roles: readers },
    { to: '/training/certificates', label: { en: 'Certificates', ar: 'الشهادات' }, roles },
  ],
  waiting: { roles, load: () => import('./WaitingList.vue') },
};

export default training;
