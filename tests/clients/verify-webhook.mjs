// Reads {secret, id, timestamp, signature, body} from standard input and ends with 0 if the library of Standard Webhooks takes it for genuine.
import { Webhook } from 'standardwebhooks';

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { secret, id, timestamp, signature, body } = JSON.parse(Buffer.concat(chunks));
new Webhook(secret).verify(body, { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature });
console.log('genuine');
