// Reads an iCalendar feed from standard input with ical.js and writes its events as JSON.
import ICAL from 'ical.js';

let text = '';
for await (const part of process.stdin) text += part;

const calendar = new ICAL.Component(ICAL.parse(text));
const events = calendar.getAllSubcomponents('vevent').map(component => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    starts: event.startDate.toJSDate().toISOString(),
    ends: event.endDate.toJSDate().toISOString(),
    summary: event.summary,
    location: event.location,
    sequence: event.sequence,
    status: component.getFirstPropertyValue('status'),
    geo: component.getFirstPropertyValue('geo'),
  };
});
console.log(JSON.stringify({
  name: calendar.getFirstPropertyValue('name'),
  refresh: calendar.getFirstPropertyValue('refresh-interval')?.toString() ?? null,
  events,
}));
