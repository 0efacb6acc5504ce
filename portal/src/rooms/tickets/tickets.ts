import type { components } from '../../api/types/enrollment';
import { mayAny } from '../../session';

export type Ticket = components['schemas']['TicketView'];

export const concerns = ['Device', 'Connection', 'Room'] as const satisfies readonly Ticket['concerns'][];
export const states = ['Open', 'InProgress', 'Resolved', 'Reopened'] as const satisfies readonly Ticket['state'][];

export const badges = { Open: 'wait', InProgress: 'plain', Reopened: 'bad', Resolved: 'good' } as const;

/** An employer mends its rooms; devices and connections are for those who can mend them. */
export const mayMend = (ticket: Ticket) => ticket.concerns === 'Room' || !mayAny(['employer']);
