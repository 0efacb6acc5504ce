import type { Entry } from '../../offline/outbox';

/** The code that a scanner typed: white space around it, any case, or the address in a QR code, which ends in the code. As Training reads it. */
export function cardOf(scanned: string): string {
  const text = scanned.trim().replace(/\/+$/, '');
  return text.slice(Math.max(...['/', '=', '#'].map((c) => text.lastIndexOf(c))) + 1).toUpperCase();
}

export const marksOf = (session: string) => `/api/training/sessions/${session}/attendance/batch`;

/** Cards whose marks still wait in this browser, with their entries. */
export function waitingCards(session: string, entries: readonly Entry[]): Map<string, Entry> {
  return new Map(entries.filter((e) => e.path === marksOf(session)).map((e) => [(e.json as { marks: { card: string }[] }).marks[0]!.card, e]));
}
