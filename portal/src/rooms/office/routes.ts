import type { Role } from '../../session';
import type { Room } from '../room';

const roles: readonly Role[] = ['programme-office'];

const office: Room = {
  name: 'office',
  words: import.meta.glob('./*.json'),
  // With `props: true` the parameter `key` becomes Vue's key of the page: another device is another page, not the same one with old data.
  routes: [
    { path: '/office', component: () => import('./ScoreboardPage.vue'), meta: { roles, title: 'office.scoreboard.title' } },
    { path: '/office/approvals', component: () => import('./ApprovalsPage.vue'), meta: { roles, title: 'office.approvals.title' } },
    { path: '/office/compliance', component: () => import('./CompliancePage.vue'), meta: { roles: [...roles, 'regulator'], title: 'office.compliance.title' } },
    { path: '/office/facilities', component: () => import('./FacilitiesPage.vue'), meta: { roles, title: 'office.facilities.title' } },
    { path: '/office/facilities/:key', component: () => import('./FacilityPage.vue'), props: true, meta: { roles, title: 'office.facility.title', shows: 'facility' } },
    { path: '/office/facilities/:key/opening', component: () => import('./NewOpeningPage.vue'), props: true, meta: { roles, title: 'office.opening.title' } },
    { path: '/office/volunteers/:key', component: () => import('./VolunteerPage.vue'), props: true, meta: { roles: [...roles, 'training-partner'], title: 'office.volunteer.title', shows: 'volunteer' } },
    { path: '/office/donations', component: () => import('./DonationsPage.vue'), meta: { roles, title: 'office.donations.title' } },
    { path: '/office/donations/:key', component: () => import('./DonationPage.vue'), props: true, meta: { roles, title: 'office.donation.title' } },
    { path: '/office/devices/:key', component: () => import('./DevicePage.vue'), props: true, meta: { roles, title: 'office.device.title', shows: 'device' } },
    { path: '/office/waivers', component: () => import('./WaiversPage.vue'), meta: { roles, title: 'office.waivers.title' } },
    { path: '/office/figures/:key', component: () => import('./FigurePage.vue'), props: true, meta: { roles, title: 'office.figure.title' } },
    { path: '/office/accounts', component: () => import('./AccountsPage.vue'), meta: { roles, title: 'office.accounts.title' } },
    { path: '/office/accounts/new', component: () => import('./NewAccountPage.vue'), meta: { roles, title: 'office.accounts.create' } },
    { path: '/office/accounts/:key', component: () => import('./AccountPage.vue'), props: true, meta: { roles, title: 'office.account.title' } },
    { path: '/office/partners', component: () => import('./PartnersPage.vue'), meta: { roles, title: 'office.partners.title' } },
    { path: '/office/partners/:key', component: () => import('./PartnerPage.vue'), props: true, meta: { roles, title: 'office.partner.title' } },
    { path: '/office/partners/:key/statement', component: () => import('./StatementPage.vue'), props: true, meta: { roles, title: 'office.statement.title' } },
    { path: '/office/pledges/:key', component: () => import('./PledgePage.vue'), props: true, meta: { roles, title: 'office.pledge.title' } },
    { path: '/office/contributions', component: () => import('./ContributionsPage.vue'), meta: { roles, title: 'office.contributions.title' } },
    { path: '/office/rates', component: () => import('./RatesPage.vue'), meta: { roles, title: 'office.rates.title' } },
    { path: '/office/webhooks', component: () => import('./WebhooksPage.vue'), meta: { roles, title: 'office.webhooks.title' } },
    { path: '/office/webhooks/:key', component: () => import('./WebhookPage.vue'), props: true, meta: { roles, title: 'office.webhook.title' } },
    { path: '/office/audit', component: () => import('./AuditPage.vue'), meta: { roles, title: 'office.audit.title' } },
  ],
  links: [
    { to: '/office', label: { en: 'Scoreboard', ar: 'لوحة المتابعة' }, roles },
    { to: '/office/approvals', label: { en: 'Approvals', ar: 'الموافقات' }, roles },
    { to: '/office/facilities', label: { en: 'Facilities', ar: 'المرافق' }, roles },
    { to: '/office/donations', label: { en: 'Where donations went', ar: 'أين وصلت التبرعات' }, roles },
    { to: '/office/waivers', label: { en: 'Wipe waivers', ar: 'استثناءات المسح' }, roles },
    { to: '/office/partners', label: { en: 'Partners', ar: 'الشركاء' }, roles },
    { to: '/office/compliance', label: { en: 'Compliance', ar: 'الالتزام' }, roles: [...roles, 'regulator'] },
    { to: '/office/accounts', label: { en: 'Accounts', ar: 'الحسابات' }, roles },
    { to: '/office/webhooks', label: { en: 'Webhooks', ar: 'خطافات الويب' }, roles },
    { to: '/office/audit', label: { en: 'Audit trail', ar: 'سجل التدقيق' }, roles },
  ],
  waiting: { roles, load: () => import('./WaitingHere.vue') },
};

export default office;
