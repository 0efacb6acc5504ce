// node openapi/fetch.js http://127.0.0.1:8480: takes over what the services of a running system serve now.
import { writeFile } from 'node:fs/promises';

const gateway = process.argv[2] ?? 'http://127.0.0.1:8480';
for (const service of ['identity', 'enrollment', 'inventory', 'volunteer', 'training', 'evaluation']) {
  const answer = await fetch(`${gateway}/openapi/${service}.json`);
  if (!answer.ok) throw new Error(`${service}: ${answer.status}`);
  await writeFile(new URL(`${service}.json`, import.meta.url), `${JSON.stringify(await answer.json(), null, 2)}\n`);
}
