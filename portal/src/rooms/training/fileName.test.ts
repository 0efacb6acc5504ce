import { expect, test } from 'vitest';
import { fileNameOf } from './fileName';

test('a name is written as lessons may call it', () => {
  expect(fileNameOf('The Button 1.PNG', [])).toBe('the-button-1.png');
  expect(fileNameOf('زر button.png', [])).toBe('button.png');
  expect(fileNameOf('README', [])).toBe('readme'); // the service says that it has no ending
});

test('a second file whose name has no Latin letter does not get the name of the first', () => {
  expect(fileNameOf('زر.png', [])).toBe('file.png');
  expect(fileNameOf('شاشة.png', ['file.png'])).toBe('file-2.png');
  expect(fileNameOf('شاشة.pdf', ['file.png'])).toBe('file.pdf');
  expect(fileNameOf('button.png', ['button.png'])).toBe('button.png'); // the same one again; another one is refused
});
