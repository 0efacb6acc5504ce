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

const isNumber = (field) => field instanceof HTMLInputElement && ['numeric', 'decimal'].includes(field.inputMode);

/** As if it had been typed with Latin digits; number fields listen to keys alone. */
function type(field, text) {
  if (!field.closest('.p-inputnumber')) return document.execCommand('insertText', false, text);
  for (const key of text) field.dispatchEvent(new KeyboardEvent('keypress', { key, bubbles: true, cancelable: true }));
}

export function writeLatinDigits() {
  const latin = ([locales, options]) => [locales, { numberingSystem: 'latn', ...options }];
  Intl.NumberFormat = new Proxy(Intl.NumberFormat, {
    construct: (format, args) => new format(...latin(args)),
    apply: (format, _, args) => format(...latin(args)),
  });

  // A phone's keyboard may tell no key, only what is to stand there.
  for (const [kind, read] of [['keypress', (event) => event.key], ['beforeinput', (event) => event.data ?? '']])
    document.addEventListener(kind, (event) => {
      const latin = inLatin(read(event));
      if (latin === read(event) || !isNumber(event.target)) return;
      event.preventDefault();
      event.stopPropagation();
      type(event.target, latin);
    }, true);
}
