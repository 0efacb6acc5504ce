import { reactive } from 'vue';

/** One sentence at the page's foot, read out by screen readers, gone after some seconds. */
export const notice = reactive({ text: '', kind: 'good' as 'good' | 'bad' });

let timer: ReturnType<typeof setTimeout> | undefined;

export function say(text: string, kind: 'good' | 'bad' = 'good') {
  notice.text = '';
  // Set anew in the next frame, so that the same sentence twice is read out twice.
  requestAnimationFrame(() => Object.assign(notice, { text, kind }));
  clearTimeout(timer);
  timer = setTimeout(() => (notice.text = ''), 8000);
}
