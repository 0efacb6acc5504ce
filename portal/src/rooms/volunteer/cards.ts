import { checkOf } from '../../barcode';
import type { Entry } from '../../offline/outbox';

/** The code that a scanner typed: white space around it, any case, or the address in a QR code, which ends in the code. As Training reads it. */
export function cardOf(scanned: string): string {
  const text = scanned.trim().replace(/\/+$/, '');
  return text.slice(Math.max(...['/', '=', '#'].map((c) => text.lastIndexOf(c))) + 1).toUpperCase();
}

/** Whether a card of the programme's, `W-000123-C`, was misread; of cards that employers bring nobody can tell. services/Enrollment/Workers/WorkerCode.cs. */
export function isMisread(card: string): boolean {
  const [, digits, check] = /^W-(\d{6,})-([0-9A-Z])$/.exec(card) ?? [];
  return card.startsWith('W-') && (!digits || checkOf(`W${digits}`) !== check);
}

export const marksOf = (session: string) => `/api/training/sessions/${session}/attendance/batch`;

/** Cards whose marks still wait in this browser, with their entries. */
export function waitingCards(session: string, entries: readonly Entry[]): Map<string, Entry> {
  return new Map(entries.filter((e) => e.path === marksOf(session)).map((e) => [(e.json as { marks: { card: string }[] }).marks[0]!.card, e]));
}
