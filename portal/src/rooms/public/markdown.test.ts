import { expect, test } from 'vitest';
import { createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { markdown } from './markdown';

const html = async (text: string) => (await renderToString(createSSRApp(() => markdown(text)))).replace(/<!--.*?-->/g, '');

test('headings, paragraphs, lists that go on in a next line, bold and italics come out as such', async () => {
  expect(await html('# Room\nA room,\nlockable.\n\n## Steps\n1. **Register** it\n   soon.\n2. Wait.\n\n- Keys to *teach*')).toBe(
    '<h1>Room</h1><p>A room, lockable.</p><h2>Steps</h2><ol><li><strong>Register</strong> it soon.</li><li>Wait.</li></ol><ul><li>Keys to <em>teach</em></li></ul>',
  );
});

test('what looks like markup in a text stays text', async () => {
  expect(await html('# <img src=x onerror=alert(1)>')).toBe('<h1>&lt;img src=x onerror=alert(1)&gt;</h1>');
});
