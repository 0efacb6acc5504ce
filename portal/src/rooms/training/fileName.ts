/**
 * A file's name as lessons may call it: "The Button 1.PNG" is the-button-1.png. One of which no letter is Latin is called file.png, the next
 * such file-2.png: their names say nothing of them, so one is not taken for another.
 */
export function fileNameOf(given: string, taken: readonly string[]): string {
  const dot = given.lastIndexOf('.');
  const [name, ending] = dot < 0 ? [given, ''] : [given.slice(0, dot), given.slice(dot).toLowerCase()];
  const stem = name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 80);
  if (stem) return stem + ending;
  let number = 1;
  const called = () => `file${number > 1 ? `-${number}` : ''}${ending}`;
  while (taken.includes(called())) number++;
  return called();
}
