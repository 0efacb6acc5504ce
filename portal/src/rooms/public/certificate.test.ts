import { expect, test } from 'vitest';
import { recognise } from './certificate';

const hash = 'ab'.repeat(32), id = '0b9d2f6a-1c3e-4f5a-8b7c-9d0e1f2a3b4c';

test.each([hash, ` ${hash.toUpperCase()}\n`, `https://programme.example/api/inventory/certificates/${hash}`])('the certificate of a wipe is known by its hash: %s', (given) => {
  expect(recognise(given)).toEqual({ kind: 'wipe', hash });
});

test.each([id, id.toUpperCase(), `https://programme.example/api/training/public/certificates/${id}`, `https://programme.example/api/training/public/certificates/${id}.pdf`,
  `https://programme.example/api/training/public/certificates/${id}?language=ar`])('the certificate of a person is known by its number: %s', (given) => {
  expect(recognise(given)).toEqual({ kind: 'training', id });
});

test('a document is compared whole, without the white space that a mail program added', () => {
  expect(recognise('\n{"device":"BC-000123-C"}\n')).toEqual({ kind: 'document', text: '{"device":"BC-000123-C"}' });
});

test('a signed credential is told from an address', () => {
  expect(recognise('eyJhbGciOiJFUzI1NiJ9.eyJqdGkiOiIxIn0.c2lnbmF0dXJl')).toEqual({ kind: 'credential', jws: 'eyJhbGciOiJFUzI1NiJ9.eyJqdGkiOiIxIn0.c2lnbmF0dXJl' });
});

test.each(['', 'BC-000123-C', 'www.programme.example', hash.slice(1)])('nothing else is taken for a certificate: %s', (given) => {
  expect(recognise(given)).toBeNull();
});
