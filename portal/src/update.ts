import { shallowRef } from 'vue';
import { registerSW } from 'virtual:pwa-register';

/** Loads the new version of the portal; null while there is none. */
export const newVersion = shallowRef<(() => void) | null>(null);

const load = registerSW({ onNeedRefresh: () => (newVersion.value = () => void load(true)) });
