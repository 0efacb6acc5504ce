// The component's number fields write and read digits as the browser's locale does. Where that has digits of its own, as in ar-QA, a typed 10
// became 0 and 22.5 became 225: what comes before "1" in the locale's "1" is taken for a prefix. So numbers are written with Latin digits here,
// as on cards and labels, and what an Arabic or Bangla keyboard types is read as the same number.
const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xbe6, 0xd66, 0xde6]; // Arabic, Persian and Urdu, Devanagari, Bangla, Tamil, Malayalam, Sinhala

const inLatin = (text) => text
  .replace(/\p{Nd}/gu, (digit) => {
    const zero = zeros.find((z) => digit.codePointAt(0) - z >= 0 && digit.codePointAt(0) - z < 10);
    return zero === undefined ? digit : String(digit.codePointAt(0) - zero);
  })
  .replace('٫', '.');

const isNumber = (field) => field instanceof HTMLInputElement && (field.closest('.p-inputnumber') || ['numeric', 'decimal'].includes(field.inputMode));

export function writeLatinDigits() {
  const latin = ([locales, options]) => [locales, { numberingSystem: 'latn', ...options }];
  Intl.NumberFormat = new Proxy(Intl.NumberFormat, {
    construct: (format, args) => new format(...latin(args)),
    apply: (format, _, args) => format(...latin(args)),
  });

  document.addEventListener('keypress', (event) => {
    const key = inLatin(event.key);
    if (key === event.key || !isNumber(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
    event.target.dispatchEvent(new KeyboardEvent('keypress', { key, code: event.code, bubbles: true, cancelable: true }));
  }, true);
  // Phones' keyboards tell no key, only what stands there afterwards.
  document.addEventListener('input', ({ target }) => {
    if (isNumber(target) && target.value !== inLatin(target.value)) target.value = inLatin(target.value);
  }, true);
}
