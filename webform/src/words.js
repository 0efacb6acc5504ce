// What the page itself says; the questions come with the form, in its own languages.
const words = {
  en: {
    choose: 'Choose a questionnaire', none: 'No questionnaire is meant for you at the moment.', back: 'Other questionnaires', loading: 'Loading…',
    sent: 'Sent. Thank you.', waiting: (n) => `${n} interview(s) are kept on this device and will be sent when there is a connection.`,
    refused: 'The server did not take this interview:', sendNow: 'Send now', another: 'Another interview', discard: 'What was filled in so far is lost. Go on?',
  },
  ar: {
    choose: 'اختر استبيانًا', none: 'لا يوجد استبيان مخصص لك حاليًا.', back: 'استبيانات أخرى', loading: 'جارٍ التحميل…',
    sent: 'تم الإرسال. شكرًا لك.', waiting: (n) => `عدد المقابلات المحفوظة على هذا الجهاز: ${n}. ستُرسل عند توفر الاتصال.`,
    refused: 'لم يقبل الخادم هذه المقابلة:', sendNow: 'أرسل الآن', another: 'مقابلة أخرى', discard: 'سيُفقد ما تم إدخاله حتى الآن. هل تريد المتابعة؟',
  },
};

export const languages = { en: 'English', ar: 'العربية' };
export const isRightToLeft = (language) => ['ar', 'ur', 'fa', 'he'].includes(language);
export const wordsIn = (language) => words[language] ?? words.en;

/** The languages a form is translated into, by their codes: its translations are named "العربية (ar)". */
export function languagesOf(xml) {
  const form = new DOMParser().parseFromString(xml, 'application/xml');
  return [...form.getElementsByTagName('translation')].map((t) => {
    const name = t.getAttribute('lang');
    const [, label, code] = /^([^(]+)\(([a-z-]+)\)\s*$/.exec(name) ?? [null, name, name];
    return { code, label: label.trim() };
  });
}

/** The same form beginning in this language: the engine starts with the translation that is marked as default. */
export function beginIn(xml, language) {
  const form = new DOMParser().parseFromString(xml, 'application/xml');
  for (const translation of form.getElementsByTagName('translation')) {
    if (translation.getAttribute('lang').endsWith(`(${language})`)) translation.setAttribute('default', 'true()');
    else translation.removeAttribute('default');
  }
  return new XMLSerializer().serializeToString(form);
}
