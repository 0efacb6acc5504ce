import type { Role } from '../../session';
import type { Room } from '../room';

/** Who may mend something; which of it, `mayMend` says. */
const roles: readonly Role[] = ['programme-office', 'logistics', 'employer'];
/** To whom all tickets are work; an employer finds its own at its facilities. */
const seeAll: readonly Role[] = ['programme-office', 'logistics'];

const tickets: Room = {
  name: 'tickets',
  words: import.meta.glob('./*.json'),
  routes: [
    { path: '/tickets', component: () => import('./TicketsPage.vue'), meta: { roles, title: 'tickets.title' } },
    { path: '/tickets/:id', component: () => import('./TicketPage.vue'), props: true, meta: { roles, title: 'tickets.ticket' } },
  ],
  links: [{ to: '/tickets', label: { en: 'Tickets', ar: 'البلاغات' }, roles }],
  waiting: { roles: seeAll, load: () => import('./WaitingTickets.vue') },
};

export default tickets;
