const SIGNS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The check character of ISO/IEC 7064 MOD 37,36; services/Inventory/Devices/Iso7064.cs. */
export function checkOf(text: string): string {
  let product = 36;
  for (const sign of text) {
    const sum = (product + SIGNS.indexOf(sign)) % 36;
    product = ((sum || 36) * 2) % 37;
  }
  return SIGNS[(37 - product) % 36]!;
}

/**
 * What a scanner, a camera or a person read, as the label has it: `BC-000123-T`. Any case, with or without dashes, or the address in the QR code.
 * Judged here, so that a misread label beeps at once and without a connection; the service judges again.
 */
export function readBarcode(scanned: string): { barcode: string; error?: 'not_a_barcode' | 'check_character_wrong' } {
  const text = scanned.trim().replace(/\/+$/, '');
  const code = text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('='), text.lastIndexOf('#')) + 1).replace(/[\s-]/g, '').toUpperCase();
  const parts = /^([A-Z]+)(\d{6}|[1-9]\d{6,})([0-9A-Z])$/.exec(code);
  if (!parts) return { barcode: text, error: 'not_a_barcode' };
  const [, prefix, digits, check] = parts;
  return checkOf(prefix! + digits!) === check ? { barcode: `${prefix}-${digits}-${check}` } : { barcode: text, error: 'check_character_wrong' };
}
