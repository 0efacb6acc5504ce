// What the page itself says, and what the component says around the questions (vite.config.js); the questions come with the form, in its
// own languages. A language more is a block more here.
import { ref } from 'vue';

const words = {
  en: {
    language: 'English',
    choose: 'Choose a questionnaire', none: 'No questionnaire is meant for you at the moment.', back: 'Other questionnaires', loading: 'Loading…',
    kept: 'Answers stay on this device: finished ones until they are sent, unfinished ones until this page is opened after 12 hours.',
    leaveOpen: 'Without a connection this page does not open again: leave it open.', opensAgain: 'It opens again without a connection, from the portal.', portal: 'To the portal',
    unfinished: 'Not finished, on this device', goOn: 'Go on with:', discard: 'Delete', discardSure: 'Delete the answers of this interview?',
    sent: 'Sent. Thank you.', waiting: (n) => `Not sent yet: ${n}. Kept on this device; it will be sent when there is a connection.`,
    refused: 'The server did not take this interview:', sendNow: 'Send now', another: 'Another interview',
    offline: 'No connection to the server. Try again later.', trouble: (what) => `Something went wrong (${what}). Tell the programme office.`,
    send: 'Send', required: 'This question needs an answer.', constraint: 'This answer does not fit.',
    errors: (n) => (n === 1 ? '1 question needs your attention.' : `${n} questions need your attention.`),
    emptyMessage: 'Nothing to choose from', emptyFilterMessage: 'Nothing found', today: 'Today', clear: 'Clear', chooseDate: 'Choose a date', close: 'Close',
    location: 'Get location', locationSave: 'Save location', locationCancel: 'Cancel', locationAgain: 'Try again', locationFinding: 'Finding your location',
    locationTime: 'Time taken: ', locationRefused: 'The location cannot be read', locationHelp: 'Allow it in the settings of the browser, and switch location on.',
    accuracyGood: 'Good accuracy', accuracyPoor: 'Poor accuracy', accuracyUnknown: 'Accuracy not known', poweredBy: 'Powered by',
  },
  ar: {
    language: 'العربية',
    choose: 'اختر استبيانًا', none: 'لا يوجد استبيان مخصص لك حاليًا.', back: 'استبيانات أخرى', loading: 'جارٍ التحميل…',
    kept: 'تبقى الإجابات على هذا الجهاز: المكتملة حتى تُرسل، وغير المكتملة حتى تُفتح هذه الصفحة بعد 12 ساعة.',
    leaveOpen: 'لا تُفتح هذه الصفحة من جديد دون اتصال، فاتركها مفتوحة.', opensAgain: 'تُفتح من جديد دون اتصال، من البوابة.', portal: 'إلى البوابة',
    unfinished: 'غير مكتمل، على هذا الجهاز', goOn: 'متابعة:', discard: 'حذف', discardSure: 'هل تريد حذف إجابات هذه المقابلة؟',
    sent: 'تم الإرسال. شكرًا لك.', waiting: (n) => `لم يُرسل بعد: ${n}. محفوظ على هذا الجهاز وسيُرسل عند توفر الاتصال.`,
    refused: 'لم يقبل الخادم هذه المقابلة:', sendNow: 'أرسل الآن', another: 'مقابلة أخرى',
    offline: 'لا يوجد اتصال بالخادم. حاول لاحقًا.', trouble: (what) => `حدث خطأ (${what}). أبلغ مكتب البرنامج.`,
    send: 'إرسال', required: 'هذا السؤال يحتاج إلى إجابة.', constraint: 'هذه الإجابة غير مناسبة.',
    errors: (n) => `عدد الأسئلة التي تحتاج إلى مراجعة: ${n}`,
    emptyMessage: 'لا توجد خيارات', emptyFilterMessage: 'لا توجد نتائج', today: 'اليوم', clear: 'مسح', chooseDate: 'اختر تاريخًا', close: 'إغلاق',
    location: 'تحديد الموقع', locationSave: 'حفظ الموقع', locationCancel: 'إلغاء', locationAgain: 'حاول مرة أخرى', locationFinding: 'جارٍ تحديد موقعك',
    locationTime: 'الوقت المستغرق: ', locationRefused: 'تعذّر تحديد الموقع', locationHelp: 'اسمح بذلك في إعدادات المتصفح وشغّل خدمة الموقع.',
    accuracyGood: 'دقة جيدة', accuracyPoor: 'دقة ضعيفة', accuracyUnknown: 'الدقة غير معروفة', poweredBy: 'يعمل بواسطة',
  },
};

/** The languages that the page speaks, by their own names. */
export const languages = Object.fromEntries(Object.entries(words).map(([code, { language }]) => [code, language]));

/** In which the page speaks and the form is filled in; a form may be in a language in which the page has no words. */
export const language = ref(navigator.languages.map((l) => l.slice(0, 2)).find((l) => l in words) ?? 'en');

export const isRightToLeft = () => ['ar', 'ur', 'fa', 'he'].includes(language.value);

/** One text, e.g. say("waiting", 2). */
export function say(key, ...values) {
  const text = (words[language.value] ?? words.en)[key];
  return typeof text === 'function' ? text(...values) : text;
}

/** What the component's own parts (lists, calendar) say, in the shape of PrimeVue's locale. */
export function localeOf() {
  const names = (style, dates) => dates.map((date) => new Intl.DateTimeFormat(language.value, { ...style, timeZone: 'UTC', numberingSystem: 'latn' }).format(date));
  const days = Array.from({ length: 7 }, (_, i) => new Date(Date.UTC(2023, 0, 1 + i))); // a Sunday first
  const months = Array.from({ length: 12 }, (_, i) => new Date(Date.UTC(2023, i, 1)));
  return {
    ...Object.fromEntries(['emptyMessage', 'emptyFilterMessage', 'today', 'clear', 'chooseDate'].map((key) => [key, say(key)])),
    emptySearchMessage: say('emptyFilterMessage'),
    dayNames: names({ weekday: 'long' }, days), dayNamesShort: names({ weekday: 'short' }, days), dayNamesMin: names({ weekday: 'narrow' }, days),
    monthNames: names({ month: 'long' }, months), monthNamesShort: names({ month: 'short' }, months),
    dateFormat: 'dd/mm/yy',
  };
}

/** The languages a form is translated into, by their codes: its translations are named "العربية (ar)". */
export function languagesOf(xml) {
  const form = new DOMParser().parseFromString(xml, 'application/xml');
  return [...form.getElementsByTagName('translation')].map((t) => {
    const name = t.getAttribute('lang');
    const [, label, code] = /^([^(]+)\(([a-z-]+)\)\s*$/.exec(name) ?? [null, name, name];
    return { code, label: label.trim() };
  });
}

/** The same form beginning in the chosen language: the engine starts with the translation that is marked as default. */
export function beginInLanguage(xml) {
  const form = new DOMParser().parseFromString(xml, 'application/xml');
  for (const translation of form.getElementsByTagName('translation')) {
    if (translation.getAttribute('lang').endsWith(`(${language.value})`)) translation.setAttribute('default', 'true()');
    else translation.removeAttribute('default');
  }
  return new XMLSerializer().serializeToString(form);
}
