import type { Role } from '../../session';
import type { Room } from '../room';

const evaluators: readonly Role[] = ['evaluator'];
const readers: readonly Role[] = ['evaluator', 'programme-office'];

const evaluation: Room = {
  name: 'evaluation',
  words: import.meta.glob('./*.json'),
  routes: [
    { path: '/evaluation/waves', component: () => import('./WavesPage.vue'), meta: { roles: readers, title: 'evaluation.waves.title' } },
    { path: '/evaluation/waves/:key', component: () => import('./WavePage.vue'), props: true, meta: { roles: readers, title: 'evaluation.wave.title' } },
    { path: '/evaluation/waves/:key/interviews', component: () => import('./AssignmentsPage.vue'), props: true, meta: { roles: readers, title: 'evaluation.assignments.title' } },
    { path: '/evaluation/waves/:key/samples', component: () => import('./SamplesPage.vue'), props: true, meta: { roles: readers, title: 'evaluation.samples.title' } },
    { path: '/evaluation/sample-size', component: () => import('./SampleSizePage.vue'), meta: { roles: readers, title: 'evaluation.size.title' } },
    { path: '/evaluation/submissions', component: () => import('./SubmissionsPage.vue'), meta: { roles: readers, title: 'evaluation.submissions.title' } },
    { path: '/evaluation/submissions/:key', component: () => import('./SubmissionPage.vue'), props: true, meta: { roles: readers, title: 'evaluation.submission.title' } },
    { path: '/evaluation/results', component: () => import('./AnalysesPage.vue'), meta: { roles: readers, title: 'evaluation.analyses.title' } },
    { path: '/evaluation/results/:key', component: () => import('./AnalysisPage.vue'), props: true, meta: { roles: readers, title: 'evaluation.analysis.title' } },
    { path: '/evaluation/instruments', component: () => import('./InstrumentsPage.vue'), meta: { roles: readers, title: 'evaluation.instruments.title' } },
    { path: '/evaluation/instruments/:key', component: () => import('./InstrumentPage.vue'), props: true, meta: { roles: readers, title: 'evaluation.instrument.title' } },
    { path: '/evaluation/collectors', component: () => import('./CollectorsPage.vue'), meta: { roles: readers, title: 'evaluation.collectors.title' } },
  ],
  // The office finds the rest from a wave's page.
  links: [
    { to: '/evaluation/waves', label: { en: 'Survey waves', ar: 'جولات المسح' }, roles: readers },
    { to: '/evaluation/submissions', label: { en: 'Interviews', ar: 'المقابلات' }, roles: evaluators },
    { to: '/evaluation/results', label: { en: 'Survey results', ar: 'نتائج المسوح' }, roles: readers },
    { to: '/evaluation/instruments', label: { en: 'Questionnaires', ar: 'الاستبيانات' }, roles: evaluators },
    { to: '/evaluation/collectors', label: { en: 'Phones', ar: 'الهواتف' }, roles: evaluators },
  ],
  waiting: { roles: evaluators, load: () => import('./WaitingHere.vue') },
};

export default evaluation;
