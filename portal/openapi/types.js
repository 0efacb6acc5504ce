// Writes src/api/types/{service}.d.ts from the services' OpenAPI documents in this folder. They lie in the repository, so that the portal is
// built without a running system; tests/Portal.Tests holds them to what the services serve.
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const from = new URL('./', import.meta.url);
const to = new URL('../src/api/types/', import.meta.url);

/** ASP.NET Core says that it reads numbers from strings too, which it never writes; and null among the words of an enumeration, beside saying where null may stand. */
function exact(schema) {
  if (!schema || typeof schema !== 'object') return;
  if (Array.isArray(schema.type) && schema.type.some((t) => t === 'integer' || t === 'number'))
    schema.type = schema.type.filter((t) => t !== 'string');
  if (schema.enum) schema.enum = schema.enum.filter((word) => word !== null);
  for (const value of Object.values(schema)) exact(value);
}

/** The services read names of query parameters in any case; ours are written like all other names. */
function camelCaseQueries(document) {
  for (const operations of Object.values(document.paths))
    for (const { parameters = [] } of Object.values(operations))
      for (const p of parameters) if (p.in === 'query') p.name = p.name[0].toLowerCase() + p.name.slice(1);
}

await mkdir(to, { recursive: true });
for (const file of (await readdir(from)).filter((f) => f.endsWith('.json'))) {
  const document = JSON.parse(await readFile(new URL(file, from), 'utf8'));
  exact(document);
  camelCaseQueries(document);
  await writeFile(new URL(file.replace('.json', '.d.ts'), to), astToString(await openapiTS(document)));
}
