import type { components } from '../../../api/types/inventory';
import type { Role } from '../../../session';
import { fromField } from '../../../words/zone';

type Schemas = components['schemas'];

/** What a step asks before the first scan: one field each in StepChoice.vue. */
export type Ask =
  | 'warehouse' | 'place' | 'why' | 'loading' | 'arriving' | 'damaged' | 'count' | 'openOrder' | 'order' | 'batch' | 'pool'
  | 'media' | 'method' | 'technique' | 'tool' | 'toolVersion' | 'verification' | 'wiped' | 'startedAt' | 'checks';

/** What was chosen. Never changed in place: scans keep the one they were made with. */
export type Choice = Readonly<Partial<Record<Exclude<Ask, 'checks'>, string>>> & {
  /** The outcome of each item of the checklist. */
  readonly checks?: Readonly<Record<string, Schemas['CheckOutcome']>>;
};

/** The choice for the next device, on which nothing is wrong yet. The same one where nothing was: what has one choice goes in one request. */
export function nothingFound(choice: Choice): Choice {
  const { damaged, wiped, checks } = choice;
  if (!damaged && wiped !== 'Failed' && !Object.values(checks ?? {}).includes('Failed')) return choice;
  return { ...choice, damaged: undefined, wiped: wiped && 'Succeeded', checks: checks && Object.fromEntries(Object.keys(checks).map((item) => [item, 'Passed' as const])) };
}

export interface Scan {
  barcode: string;
  /** When it was scanned. */
  at: Date;
}

interface Target {
  path: string;
  json: object;
  /** The member of `json` that lists the scans. */
  scans: 'barcodes' | 'records' | 'results';
}

export interface Step {
  /** Its words are `warehouse.steps.<name>`; how a mistake is mended `warehouse.mend.<name>`. */
  name: string;
  roles: readonly Role[];
  asks: readonly Ask[];
  target: (choice: Choice, scans: readonly Scan[]) => Target;
  /** Where the service can take a scan back. */
  undo?: (choice: Choice, scan: Scan) => Target;
}

const inventory = '/api/inventory';
const store: readonly Role[] = ['logistics', 'programme-office'];
const barcodes = (scans: readonly Scan[]) => scans.map((s) => s.barcode);

/** One of the plain steps: POST /api/inventory/scans. */
const plain = (name: string, action: Schemas['ScanAction'], ...asks: Ask[]): Step => ({
  name,
  roles: store,
  asks,
  target: (c, scans) => ({
    path: `${inventory}/scans`,
    json: { action, barcodes: barcodes(scans), locationId: c.warehouse ?? c.place ?? null, why: c.why ?? null } satisfies Schemas['Scan'],
    scans: 'barcodes',
  }),
});

/** Scanned onto or off something: a shipment, a count, an order, a batch, a pool. */
const onto = (name: string, roles: readonly Role[], ask: Ask & keyof Choice, path: (id: string) => string): Step => ({
  name,
  roles,
  asks: [ask],
  target: (c, scans) => ({ path: `${inventory}/${path(String(c[ask]))}`, json: { barcodes: barcodes(scans) }, scans: 'barcodes' }),
});

/** All that a hand with a scanner does, in the order of a device's life. */
export const steps: readonly Step[] = [
  plain('triage', 'Triage'),
  {
    name: 'wipe',
    roles: [...store, 'club'],
    asks: ['media', 'method', 'technique', 'tool', 'toolVersion', 'verification', 'wiped', 'startedAt'],
    target: (c, scans) => ({
      path: `${inventory}/wipes`,
      json: { records: scans.map((s) => wipeOf(c, s)) },
      scans: 'records',
    }),
  },
  onto('order', store, 'openOrder', (id) => `work-orders/${id}/devices`),
  {
    name: 'check',
    roles: [...store, 'club'],
    asks: ['order', 'checks'],
    target: (c, scans) => ({
      path: `${inventory}/work-orders/${c.order}/results`,
      json: { results: scans.map(({ barcode }) => ({ barcode, checks: Object.entries(c.checks ?? {}).map(([item, outcome]) => ({ item, outcome })) })) } satisfies Schemas['WorkOrderResults'],
      scans: 'results',
    }),
  },
  onto('license', store, 'pool', (id) => `licence-pools/${id}/seats`),
  plain('store', 'Store', 'warehouse'),
  plain('relocate', 'Relocate', 'place'),
  {
    ...onto('load', ['logistics'], 'loading', (id) => `shipments/${id}/load`),
    undo: (c, { barcode }) => ({ path: `${inventory}/shipments/${c.loading}/unload`, json: { barcodes: [barcode] }, scans: 'barcodes' }),
  },
  {
    name: 'receive',
    roles: store,
    asks: ['arriving', 'damaged'],
    target: (c, scans) => ({
      path: `${inventory}/shipments/${c.arriving}/receipts`,
      json: { barcodes: barcodes(scans), damaged: !!c.damaged, note: c.damaged || null } satisfies Schemas['ReceiptScan'],
      scans: 'barcodes',
    }),
  },
  onto('count', store, 'count', (id) => `stock-counts/${id}/scan`),
  plain('fault', 'Fault', 'why'),
  plain('repair', 'Repair'),
  plain('repaired', 'Repaired', 'warehouse'),
  plain('return', 'Return', 'warehouse'),
  plain('lose', 'Lose', 'why'),
  plain('find', 'Find', 'warehouse'),
  plain('retire', 'Retire', 'why'),
  onto('ewaste', ['logistics'], 'batch', (id) => `ewaste/${id}/scan`),
];

function wipeOf(c: Choice, { barcode, at }: Scan): Schemas['NewWipe'] {
  const failed = c.wiped === 'Failed';
  return {
    barcode,
    media: { type: c.media as Schemas['StorageKind'] },
    method: c.method as Schemas['WipeMethod'],
    technique: c.technique as Schemas['WipeTechnique'],
    tool: c.tool!,
    toolVersion: c.toolVersion!,
    verification: { how: c.verification as Schemas['VerificationKind'], result: failed ? 'Failed' : c.verification === 'None' ? 'NotDone' : 'Passed' },
    status: failed ? 'Failed' : 'Succeeded',
    startedAt: fromField(c.startedAt!).toISOString(),
    endedAt: at.toISOString(),
  };
}

/** What may stay out of a choice. */
const OPTIONAL: readonly Ask[] = ['damaged'];

/** What the step wants to know and nobody has said yet. */
export const missing = (step: Step, choice: Choice) =>
  step.asks.filter((a) => !OPTIONAL.includes(a) && (a === 'checks' ? !Object.keys(choice.checks ?? {}).length : !choice[a]?.trim()));
