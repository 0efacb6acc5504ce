import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { ZONE } from './zone';

export const WEEK = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** Numbers and times as the person writes them; with Western digits also in Arabic, as on labels, cards and the modem. */
export function useFormat() {
  const { locale } = useI18n();
  const formats = computed(() => {
    const l = locale.value === 'ar' ? 'ar-QA-u-nu-latn' : locale.value === 'en' ? 'en-GB' : `${locale.value}-u-nu-latn`;
    return {
      number: new Intl.NumberFormat(l, { maximumFractionDigits: 2 }), // hours are sums of minutes
      percent: new Intl.NumberFormat(l, { style: 'percent', maximumFractionDigits: 1 }),
      day: new Intl.DateTimeFormat(l, { dateStyle: 'medium', timeZone: ZONE }),
      clock: new Intl.DateTimeFormat(l, { timeStyle: 'short', timeZone: ZONE }),
      time: new Intl.DateTimeFormat(l, { dateStyle: 'medium', timeStyle: 'short', timeZone: ZONE }),
      weekday: new Intl.DateTimeFormat(l, { weekday: 'long', timeZone: 'UTC' }),
      ago: new Intl.RelativeTimeFormat(l, { numeric: 'auto' }),
    };
  });
  const date = (at: string | number | Date) => new Date(at);
  return {
    number: (n: number) => formats.value.number.format(n),
    /** Of a share: 0.25 is 25 %. */
    percent: (share: number) => formats.value.percent.format(share),
    day: (at: string | number | Date) => formats.value.day.format(date(at)),
    clock: (at: string | number | Date) => formats.value.clock.format(date(at)),
    time: (at: string | number | Date) => formats.value.time.format(date(at)),
    /** Of a name as the services give it: `Sunday`. */
    weekday: (name: (typeof WEEK)[number]) => formats.value.weekday.format(Date.UTC(2023, 0, 1 + WEEK.indexOf(name))), // the year began on a Sunday
    ago: (at: string | number | Date) => {
      const seconds = (date(at).getTime() - Date.now()) / 1000;
      const [unit, size] = ([['day', 86400], ['hour', 3600], ['minute', 60]] as const).find(([, s]) => Math.abs(seconds) >= s) ?? (['second', 1] as const);
      return formats.value.ago.format(Math.round(seconds / size), unit);
    },
  };
}
