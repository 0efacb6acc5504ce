// Reads {secret, id, timestamp, signature, body} from standard input and ends with 0 if the library of Standard Webhooks takes it for genuine.
import { Webhook } from 'standardwebhooks';

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { secret, id, timestamp, signature, body } = JSON.parse(Buffer.concat(chunks));
Date.now = () => Number(timestamp) * 1000; // the test has set its clock ahead, and the library refuses what is from the future
new Webhook(secret).verify(body, { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature });
console.log('genuine');
