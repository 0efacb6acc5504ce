import { Problem } from '../../api/problem';
import { api, read } from '../../api/client';
import type { components } from '../../api/types/training';

/** What somebody pasted, typed, scanned or chose as a file. */
export type Given =
  /** Of a wipe, by the SHA-256 of its document, or the document itself. */
  | { kind: 'wipe'; hash: string }
  | { kind: 'document'; text: string }
  /** Of training, by its number or an address that ends in it, or the signed credential itself. */
  | { kind: 'training'; id: string }
  | { kind: 'credential'; jws: string };

export type Training = components['schemas']['CheckedCertificate'];
/** Of those facts of a wipe's certificate that a page shows; all are in services/Inventory/Wipes/Certificates. */
export interface Wipe {
  issuedAt: string;
  device: string;
  mediaType: string;
  mediaModel: string | null;
  mediaSerial: string | null;
  method: string;
  technique: string;
  tool: string;
  verified: string;
  status: string;
  endedAt: string | null;
}
export type Checked = { kind: 'wipe'; wipe: Wipe; hash: string } | { kind: 'training'; training: Training };

export function recognise(given: string): Given | null {
  const text = given.trim();
  if (text.startsWith('{')) return { kind: 'document', text };
  if (/^[\w-]{10,}\.[\w-]+\.[\w-]+$/.test(text)) return { kind: 'credential', jws: text };
  const hash = text.match(/(?:^|\/)([0-9a-f]{64})\/?$/i)?.[1];
  if (hash) return { kind: 'wipe', hash: hash.toLowerCase() };
  const id = text.match(/(?:^|\/|:)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\.(?:pdf|jws))?(?:\?.*)?\/?$/i)?.[1];
  return id ? { kind: 'training', id: id.toLowerCase() } : null;
}

/** @throws Problem certificate_unknown, certificate_altered, certificate_unreadable, … */
export async function check(given: string): Promise<Checked> {
  const what = recognise(given);
  switch (what?.kind) {
    case 'wipe':
      return await wipeOf(what.hash);
    case 'document':
      return await wipeOf(await sha256(what.text));
    case 'training':
      return { kind: 'training', training: (await read(api.training.GET('/api/training/public/certificates/{id}', { params: { path: { id: what.id } }, headers: { Accept: 'application/json' } }))) as unknown as Training };
    case 'credential':
      return { kind: 'training', training: await read(api.training.POST('/api/training/public/certificates/verify', { body: what.jws as never, bodySerializer: String, headers: { 'Content-Type': 'text/plain' } })) };
    default:
      throw new Problem({ status: 0, code: 'certificate_unreadable' });
  }
}

async function wipeOf(hash: string): Promise<Checked> {
  const issued = await read(api.inventory.GET('/api/inventory/certificates/{hash}', { params: { path: { hash } } }));
  return { kind: 'wipe', wipe: issued.certificate as unknown as Wipe, hash: issued.hash };
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((b) => b.toString(16).padStart(2, '0')).join('');
}
