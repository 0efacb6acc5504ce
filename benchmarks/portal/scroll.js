// Whether a long list scrolls smoothly: the time between frames on a slow processor, while the next pages are read.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export const DEVICES = 20_000;
const SLOW_DOWN = 4;
const FLICK = 3000, FLICK_MS = 30_000; // pixels a second: three screens, as fast as a thumb keeps it going
const LEAP = 300; // pixels a frame, to the end: faster than anybody reads, so that pages must be read in time
const run = promisify(execFile);

/** Monitors in a place of their own, straight into the tables. Returns the place. */
export async function fill() {
  const server = Object.fromEntries(process.env.BC_POSTGRES.split(';').filter(Boolean).map((part) => part.split(/=(.*)/).slice(0, 2)));
  const place = crypto.randomUUID();
  await run(`${process.env.BC_POSTGRES_BIN}/psql`, ['-v', 'ON_ERROR_STOP=1', '-q', '-d', 'inventorydb', '-c', `
    insert into locations (id, code, name, kind) values ('${place}', 'L${place.slice(0, 8).toUpperCase()}', 'A long list', 'Warehouse');
    insert into devices (id, number, barcode, kind, serial, manufacturer, model, storage, state, state_since, location_id, received_at, history_length, wipe, wipe_waived)
      select gen_random_uuid(), n, 'LIST-' || n, 'Monitor', 'L' || n, 'Dell', 'P2419H', 'None', 'InStock', now(), '${place}', now(), 1, 'Missing', false
      from (select nextval('device_numbers') n from generate_series(1, ${DEVICES})) numbers;
    insert into device_events (device_id, seq, at, by, why, kind, from_state, to_state, from_location_id, to_location_id)
      select id, 1, received_at, 'bench', 'seeded', kind, null, state, null, location_id from devices where location_id = '${place}';
    `], { env: { ...process.env, PGHOST: server.Host, PGPORT: server.Port, PGUSER: server.Username, PGPASSWORD: server.Password } });
  return place;
}

/** First at a thumb's speed, where a frame lasts from one animation callback to the next; then on to the list's end, to see that it gets there. */
export async function scroll(page, address) {
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(address);
  await page.waitForSelector('.data-table tbody tr');
  await page.emulateCPUThrottling(SLOW_DOWN);
  const frames = await page.evaluate(async (speed, duration) => {
    const frames = [];
    const start = await new Promise(requestAnimationFrame);
    for (let before = start; before < start + duration;) {
      // Nothing of the page's size is asked for here: it would make the browser lay it out once more in each frame.
      scrollTo(0, speed * (before - start) / 1000);
      const now = await new Promise(requestAnimationFrame);
      frames.push(now - before);
      before = now;
    }
    return frames;
  }, FLICK, FLICK_MS);
  const { looks, waited, mostRows, last } = await page.evaluate(async (pixels, limit) => {
    const table = document.querySelector('.data-table table');
    let looks = 0, waited = 0, mostRows = 0;
    for (const until = performance.now() + limit; ;) {
      const atEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
      if (atEnd && table.getAttribute('aria-rowcount') !== '-1') break;
      if (atEnd) waited++;
      scrollBy(0, pixels);
      const now = await new Promise(requestAnimationFrame);
      if (now > until) throw new Error(`after ${limit / 1000} s the list had not come to its end`);
      looks++;
      mostRows = Math.max(mostRows, table.rows.length - 1);
    }
    return { looks, waited, mostRows, last: Number(table.getAttribute('aria-rowcount')) - 1 };
  }, LEAP, 300_000);
  if (last !== DEVICES) throw new Error(`the list ended after ${last} of ${DEVICES} devices`);
  const sorted = frames.toSorted((a, b) => a - b);
  const percent = (n, of) => Math.round(1000 * n / of) / 10;
  return {
    frames: frames.length, medianMs: Math.round(10 * sorted[frames.length >> 1]) / 10, worstMs: Math.round(sorted.at(-1)),
    over50Percent: percent(frames.filter((ms) => ms > 50).length, frames.length), waitedPercent: percent(waited, looks), mostRows,
  };
}
