import { useRoute, useRouter } from 'vue-router';

/** What narrows a list stands in the address, so that it can be kept, sent and gone back to. The fields are named as they stand there. */
export function useFilter() {
  const route = useRoute();
  const router = useRouter();
  const text = (name: string) => (route.query[name] ? String(route.query[name]) : undefined);
  const change = (query: Record<string, string>) => router.replace({ query: Object.fromEntries(Object.entries({ ...route.query, ...query }).filter(([, v]) => v)) });
  return {
    text,
    /** A day, or a day and a time; nothing where an address that was typed has something else there. */
    date: (name: string) => (/^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$/.test(text(name) ?? '') && !Number.isNaN(Date.parse(text(name)!)) ? text(name) : undefined),
    change,
    /** Of a form that is sent: `<form class="filters" @submit.prevent="apply">`. */
    apply: (event: Event) => change(Object.fromEntries([...new FormData(event.target as HTMLFormElement)].map(([k, v]) => [k, String(v).trim()]))),
  };
}
