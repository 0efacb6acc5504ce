import { onlineManager } from '@tanstack/vue-query';
import { reactive } from 'vue';

/** Whether the device says that it has a connection. It may be wrong: what was sent and not answered says "unreachable". */
export const connection = reactive({ online: navigator.onLine });

onlineManager.setOnline(navigator.onLine); // it takes a start without a connection for one with it, and would not hear that one has come
addEventListener('online', () => (connection.online = true));
addEventListener('offline', () => (connection.online = false));
