import { expect, test } from 'vitest';
import { queries, readAnew } from './queries';

const list = (pages: number) => ({ pages: [...Array(pages).keys()], pageParams: [...Array(pages).keys()] });

test('after a write a long list goes back to its first page, and a short one keeps its pages', async () => {
  queries.setQueryData(['stock', 'long'], list(400));
  queries.setQueryData(['stock', 'short'], list(3));
  queries.setQueryData(['other'], list(400));
  await readAnew(['stock']);
  expect([queries.getQueryData(['stock', 'long']), queries.getQueryData(['stock', 'short']), queries.getQueryData(['other'])]).toEqual([list(1), list(3), list(400)]);
  expect([['stock', 'long'], ['stock', 'short'], ['other']].map((key) => queries.getQueryState(key)!.isInvalidated)).toEqual([true, true, false]);
});
