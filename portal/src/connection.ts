import { reactive } from 'vue';

/** Whether the device says that it has a connection. It may be wrong: what was sent and not answered says "unreachable". */
export const connection = reactive({ online: navigator.onLine });

addEventListener('online', () => (connection.online = true));
addEventListener('offline', () => (connection.online = false));
