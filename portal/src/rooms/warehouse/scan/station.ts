import { watch } from 'vue';
import { send } from '../../../api/client';
import { outbox } from '../../../offline/outbox';
import { whenLeaving } from '../../../session';
import { i18n } from '../../../words';
import { createScanQueue } from './queue';
import { beep } from './sound';

const { t } = i18n.global;

async function post(path: string, json: object, key: string, account: string) {
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': key };
  return (await send(new Request(new URL(path, location.origin), { method: 'POST', body: JSON.stringify(json), headers }), account)).json();
}

/** What was scanned in this tab; it goes on while the person looks at another page. */
export const station = createScanQueue(post, outbox,
  (step, barcodes) => `${t(`warehouse.steps.${step.name}`)}: ${barcodes.slice(0, 3).join(', ')}${barcodes.length > 3 ? ' …' : ''}`,
  (line) => beep(line.state === 'refused' ? 'bad' : 'good'));

watch(() => outbox.state.entries, station.follow);
whenLeaving(async () => void station.lines.splice(0));
