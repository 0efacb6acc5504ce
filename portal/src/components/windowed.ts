import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/vue-virtual';
import { type ComponentPublicInstance, computed, onBeforeUnmount, onMounted, ref, useTemplateRef } from 'vue';

/** Up to so many rows are all in the page: what the browser's own search and print then miss nothing of. */
const WHOLE = 100;
/** Rows beyond the window's edges, for the eye that scrolls and the Tab key. */
const BEYOND = 10;

/**
 * Which rows of the element with ref="body" are in the page: those near the window, and the one that has the focus, so that the next Tab goes
 * on from there. They stand in the flow of the page; a margin before a row takes the place of those left out. How high a row is, is guessed
 * until it was drawn.
 *
 * Of a list longer than WHOLE the browser's search and print know only the rows that are in the page. Lists of that length have a search of
 * their own, and a file to download where somebody works with all of it. Screen readers are told each row's place by `aria-rowindex`.
 */
export function useWindowedRows(count: () => number, keyOf: (index: number) => string | number, guess: { row: () => number; card: () => number }) {
  const body = useTemplateRef<HTMLElement>('body');
  const top = ref(0);
  const focused = ref(-1);

  const narrow = matchMedia('(max-width: 40rem)'); // as in styles.css, where rows become cards
  const cards = ref(narrow.matches);
  const estimate = () => (cards.value ? guess.card() : guess.row());

  const inPage = (kept: number) => (range: Range) => {
    if (range.count <= WHOLE) return [...Array(range.count).keys()];
    const near = defaultRangeExtractor(range);
    return kept < 0 || kept >= range.count || near.includes(kept) ? near : [...near, kept].sort((a, b) => a - b);
  };
  const virtualizer = useWindowVirtualizer(computed(() => ({
    count: count(),
    getItemKey: keyOf,
    estimateSize: estimate,
    measureElement: (row: Element) => row.getBoundingClientRect().height || estimate(), // 0 where a closed part of the page hides it
    gap: cards.value ? 10 : 0,
    scrollMargin: top.value,
    overscan: BEYOND,
    rangeExtractor: inPage(focused.value),
  })));
  const rows = computed(() => virtualizer.value.getVirtualItems().map((item, i, all) => ({ index: item.index, before: item.start - (all[i - 1]?.end ?? top.value) })));

  const turn = () => {
    cards.value = narrow.matches;
    virtualizer.value.measure();
  };
  narrow.addEventListener('change', turn);
  // Whatever grows above the list moves it, and makes the page longer.
  const moved = new ResizeObserver(() => body.value && (top.value = body.value.getBoundingClientRect().top + scrollY));
  onMounted(() => moved.observe(document.body));
  onBeforeUnmount(() => {
    narrow.removeEventListener('change', turn);
    moved.disconnect();
  });

  return {
    rows,
    height: computed(() => virtualizer.value.getTotalSize()),
    /** The last row in sight. */
    last: computed(() => virtualizer.value.range?.endIndex ?? 0),
    measure: (row: unknown) => virtualizer.value.measureElement((row as ComponentPublicInstance | null)?.$el ?? null),
    focus: (e: FocusEvent) => (focused.value = Number((e.target as Element).closest('tr')?.dataset.index ?? -1)),
    blur: () => (focused.value = -1),
  };
}
