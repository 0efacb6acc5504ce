/** Degrees as maps copy them: `25.18, 51.43`. Null where it is none. */
export function coordinatesOf(text: string): { latitude: number; longitude: number } | null {
  const western = text.replace(/[\u0660-\u0669]/g, (d) => String(d.charCodeAt(0) - 0x660)).replaceAll('\u066b', '.');
  const match = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,،;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(western);
  return match ? { latitude: Number(match[1]), longitude: Number(match[2]) } : null;
}
