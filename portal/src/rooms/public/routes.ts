import type { Room } from '../room';

const everybody: Room = {
  name: 'public',
  words: import.meta.glob('./*.json'),
  routes: [
    { path: '/programme', component: () => import('./ProgrammePage.vue'), meta: { title: 'public.programme.title' } },
    { path: '/devices/:barcode', component: () => import('./DevicePage.vue'), props: true, meta: { title: 'public.device.title' } },
    { path: '/certificates', component: () => import('./CertificatePage.vue'), meta: { title: 'public.certificate.title' } },
    { path: '/results', component: () => import('./ResultsPage.vue'), meta: { title: 'public.results.title' } },
    { path: '/map', component: () => import('./MapPage.vue'), meta: { title: 'public.map.title' } },
    { path: '/data', component: () => import('./DataPage.vue'), meta: { title: 'public.data.title' } },
    { path: '/guides/:audience(employers|volunteers)', component: () => import('./GuidePage.vue'), props: true, meta: { title: 'public.guide.title' } },
  ],
  links: [{ to: '/programme', label: { en: 'The programme', ar: 'البرنامج', hi: 'कार्यक्रम', ur: 'پروگرام', bn: 'কর্মসূচি', tl: 'Ang programa', ml: 'പ്രോഗ്രാം', ta: 'திட்டம்', si: 'වැඩසටහන', ne: 'कार्यक्रम' } }],
  welcome: () => import('./TheProgramme.vue'),
};

export default everybody;
