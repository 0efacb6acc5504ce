// Prints who may open which page, as JSON, for the tests that open every page: node routes.js
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const { module } = await runnerImport(fileURLToPath(new URL('src/rooms/index.ts', import.meta.url)));
const routes = module.rooms.flatMap((room) => room.routes);
console.log(JSON.stringify(routes.map(({ path, meta }) => ({ path, roles: meta?.roles }))));
