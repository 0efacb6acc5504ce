/** All pages of a list that is short, since it belongs to one thing or is what one chooses from; a list of the whole programme is for DataTable. */
export async function everything<T>(page: (after: string | undefined) => Promise<{ items: readonly T[]; next: string | null }>): Promise<T[]> {
  const all: T[] = [];
  let after: string | undefined;
  do {
    const { items, next } = await page(after);
    all.push(...items);
    after = next ?? undefined;
  } while (after);
  return all;
}
