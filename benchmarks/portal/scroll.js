// Whether a long list scrolls smoothly: the time between frames on a slow processor, while the next pages are read.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export const DEVICES = 20_000;
const SLOW_DOWN = 4, PIXELS_A_FRAME = 300; // some 400 rows a second
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

/** To the list's end; a frame lasts from one animation callback to the next. */
export async function scroll(page, address) {
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(address);
  await page.waitForSelector('.data-table tbody tr');
  await page.emulateCPUThrottling(SLOW_DOWN);
  const { frames, waited, mostRows, last } = await page.evaluate(async (pixels, limit) => {
    const table = document.querySelector('.data-table table');
    const frames = [];
    let waited = 0, mostRows = 0, before = await new Promise(requestAnimationFrame);
    const until = before + limit;
    for (;;) {
      const atEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
      if (atEnd && table.getAttribute('aria-rowcount') !== '-1') break;
      if (atEnd) waited++;
      scrollBy(0, pixels);
      const now = await new Promise(requestAnimationFrame);
      frames.push(now - before);
      before = now;
      if (now > until) throw new Error(`after ${limit / 1000} s the list had not come to its end`);
      mostRows = Math.max(mostRows, table.rows.length - 1);
    }
    return { frames, waited, mostRows, last: Number(table.getAttribute('aria-rowcount')) - 1 };
  }, PIXELS_A_FRAME, 300_000);
  if (last !== DEVICES) throw new Error(`the list ended after ${last} of ${DEVICES} devices`);
  const sorted = frames.toSorted((a, b) => a - b);
  const percent = (n) => Math.round(1000 * n / frames.length) / 10;
  return {
    frames: frames.length, medianMs: Math.round(10 * sorted[frames.length >> 1]) / 10, worstMs: Math.round(sorted.at(-1)),
    over50Percent: percent(frames.filter((ms) => ms > 50).length), waitedPercent: percent(waited), mostRows,
  };
}
