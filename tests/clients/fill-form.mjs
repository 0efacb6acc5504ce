// Fills forms as ODK Web Forms would, with the same engine, in every language that a form offers, and prints each filled form.
//
//   node fill-form.mjs [--attachments <folder or address>] [--set name=value]… <form.xml or address>…
//
// One line of JSON per form and language: { form, language, status, violations, shown: [{ reference, label, hint, options }], xml, edit }.
// "status" is "ready" where the engine would submit it; "edit" is what it would send after somebody opened the sent form again. --set gives a question its answer; all others get the first valid one.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { JSDOM } from 'jsdom';

// The engine is written for a browser; a wasm loader in its bundle asks for two names of CommonJS.
const here = dirname(fileURLToPath(import.meta.url));
globalThis.__dirname = here;
globalThis.require = createRequire(import.meta.url);
const { window } = new JSDOM('<!doctype html>', { url: 'http://localhost/' });
for (const name of Object.getOwnPropertyNames(window)) if (!(name in globalThis)) globalThis[name] = window[name];
const { loadForm } = await import('@getodk/xforms-engine');

const { values: options, positionals: forms } = parseArgs({
  allowPositionals: true,
  options: { attachments: { type: 'string' }, set: { type: 'string', multiple: true, default: [] } },
});
const given = new Map(options.set.map((s) => [s.slice(0, s.indexOf('=')), s.slice(s.indexOf('=') + 1)]));
const isAddress = (place) => /^https?:/.test(place);

async function read(place) {
  if (!isAddress(place)) return readFile(place, 'utf8');
  const response = await fetch(place);
  if (!response.ok) throw new Error(`${place} answered ${response.status}`);
  return response.text();
}

/** jr://file-csv/facilities.csv, from the folder or address of the attachments. */
async function fetchFormAttachment(resource) {
  const name = String(resource).split('/').at(-1);
  if (!options.attachments) return new Response('', { status: 404 });
  const place = isAddress(options.attachments) ? `${options.attachments}/${name}` : join(options.attachments, name);
  return new Response(await read(place), { status: 200, headers: { 'content-type': 'text/csv' } });
}

function* leaves(node) {
  if (!node.currentState.relevant) return;
  const children = node.currentState.children;
  if (!children?.length) yield node;
  else for (const child of children) yield* leaves(child);
}

const isEmpty = (value) => value == null || value === '' || (Array.isArray(value) && value.length === 0);
const isValid = (node) => node.validationState.violation == null;
const nameOf = (node) => node.currentState.reference.split('/').at(-1);

/** Possible answers, the likeliest first. A date or a place is given as the engine reads it. */
function candidates(node) {
  const set = given.get(nameOf(node));
  if (set !== undefined) return [set];
  if (node.nodeType === 'select') return node.currentState.valueOptions.map((o) => o.value);
  switch (node.valueType) {
    case 'int': return [5, 0, 1, 2, 3, 10, 18, 30, 100, 1990, 2026].map(BigInt);
    case 'decimal': return [5.5, 0, 0.5, 1, 10, 50, 100];
    case 'date': return ['2026-11-22', '1990-01-01'];
    case 'geopoint': return [{ latitude: 25.2854, longitude: 51.531, altitude: null, accuracy: null }];
    default: return ['V-000123', 'abc', '5', 'a@example.org'];
  }
}

function answer(node) {
  for (const candidate of candidates(node)) {
    if (node.nodeType !== 'select') node.setValue(candidate);
    else if (node.selectType === 'select') node.selectValues(String(candidate).split(' '));
    else node.selectValue(candidate);
    if (isValid(node) && !isEmpty(node.currentState.value)) return;
  }
  throw new Error(`No valid answer was found for ${node.currentState.reference}`);
}

/** Answers open the way to others, so it goes on until nothing required is left. */
function fill(root) {
  for (let round = 0; round < 200; round++) {
    const next = [...leaves(root)].find((n) => ['input', 'select'].includes(n.nodeType) && !n.currentState.readonly
      && (n.currentState.required || given.has(nameOf(n))) && (isEmpty(n.currentState.value) || !isValid(n)));
    if (!next) return;
    answer(next);
  }
  throw new Error('The form goes on for ever.');
}

const shownOf = (node) => ({
  reference: node.currentState.reference,
  label: node.currentState.label?.asString ?? null,
  hint: node.currentState.hint?.asString ?? null,
  options: node.nodeType === 'select' ? node.currentState.valueOptions.map((o) => o.label?.asString ?? null) : null,
});

const textOf = (payload) => payload.data[0].get('xml_submission_file').text();

for (const form of forms) {
  const text = await read(form);
  const loaded = await loadForm(text, { fetchFormAttachment, missingResourceBehavior: 'BLANK' });
  if (loaded.status !== 'success') throw new Error(`${form}: ${loaded.status} ${loaded.error?.message ?? JSON.stringify(loaded.warnings)}`);
  for (const { language } of loaded.createInstance().root.languages.map((l) => ({ language: l.language ?? '' }))) {
    const { root } = loaded.createInstance();
    root.setLanguage(root.languages.find((l) => (l.language ?? '') === language));
    fill(root);
    const payload = await root.prepareInstancePayload({ payloadType: 'monolithic' });
    const shown = [...leaves(root)].filter((n) => n.nodeType !== 'model-value').map(shownOf);
    const xml = await textOf(payload);
    const edited = await loaded.editInstance({ inputType: 'FORM_INSTANCE_INPUT_RESOLVED', data: payload.data });
    const edit = await textOf(await edited.root.prepareInstancePayload({ payloadType: 'monolithic' }));
    console.log(JSON.stringify({ form, language, status: payload.status, violations: (payload.violations ?? []).map((v) => v.reference), shown, xml, edit }));
  }
}
window.close();
