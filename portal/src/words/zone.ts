/** Times are those of the programme's country, wherever the browser stands. */
export const ZONE = 'Asia/Qatar';

const offset = new Intl.DateTimeFormat('en', { timeZone: ZONE, timeZoneName: 'longOffset' });
const wall = new Intl.DateTimeFormat('sv', { timeZone: ZONE, dateStyle: 'short', timeStyle: 'short' });

/** What fields for a day and a time of day hold: `2026-11-22` and `09:00` by the programme's clocks. */
export function wallOf(at: string | number | Date): { day: string; clock: string } {
  const [day, clock] = wall.format(new Date(at)).split(' ') as [string, string];
  return { day, clock };
}

/** When the programme's clocks show this. */
export function atWall(day: string, clock = '00:00'): Date {
  const name = offset.formatToParts(new Date(`${day}T${clock}Z`)).find((p) => p.type === 'timeZoneName')!.value;
  return new Date(`${day}T${clock}${name.replace('GMT', '') || 'Z'}`);
}

/** For a field of day and time in one, and what was typed into it. */
export const toField = (at: string | number | Date) => {
  const { day, clock } = wallOf(at);
  return `${day}T${clock}`;
};
export const fromField = (typed: string) => atWall(...(typed.split('T') as [string, string]));

export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The Sunday on which the week of this day began. */
export const weekOf = (day: string) => addDays(day, -new Date(`${day}T00:00Z`).getUTCDay());
