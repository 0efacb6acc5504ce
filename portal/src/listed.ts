/** What was typed or scanned one after another: cards, barcodes, codes. */
export const listed = (text: string) => text.split(/[\s,;]+/).filter(Boolean);
