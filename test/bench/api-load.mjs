// Clients of one API server in a process of their own: opens watches, then reads and writes over a few connections that are kept alive.
// Prints {"get": {…}, "write": {…}, "watches": N} with requests a second and latencies in milliseconds.
import { Agent, request } from 'node:https';

const { server, token, certificate, watches, seconds, connections } = JSON.parse(process.argv[2]);
const collection = '/api/v1/namespaces/default/configmaps';
const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
const agent = new Agent({ keepAlive: true, maxSockets: connections, ca: certificate });
const watching = new Agent({ maxSockets: Number.POSITIVE_INFINITY, ca: certificate });

function call(method, path, object) {
  const body = object && JSON.stringify(object);
  const own = body ? { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } : headers;
  return new Promise((resolve, reject) => {
    request(`${server}${path}`, { agent, method, headers: own }, (response) => {
      response.resume().on('end', () => (response.statusCode < 300 ? resolve() : reject(new Error(`${method} ${path}: ${response.statusCode}`))));
    })
      .on('error', reject)
      .end(body);
  });
}

/** What controllers and people have open: most see other kinds and other namespaces than those that are written now, one in a hundred sees every write. */
const watched = ['pods', 'services', 'secrets', 'endpoints', 'events', 'persistentvolumeclaims', 'serviceaccounts', 'replicationcontrollers', 'limitranges'];
const placeOf = (number) => (number % 100 === 0 ? collection : `/api/v1/${watched[number % watched.length]}`);

function openWatch(number) {
  return new Promise((resolve, reject) => {
    request(`${server}${placeOf(number)}?watch=true`, { agent: watching, headers }, (response) => {
      response.resume();
      resolve();
    })
      .on('error', reject)
      .end();
  });
}

async function measure(one) {
  const latencies = [];
  const end = performance.now() + seconds * 1000;
  const started = performance.now();
  const client = async (number) => {
    for (let i = 0; performance.now() < end; i++) {
      const before = performance.now();
      await one(number, i);
      latencies.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, number) => client(number)));
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))];
  return { perSecond: latencies.length / ((performance.now() - started) / 1000), p50: at(0.5), p99: at(0.99) };
}

const configMap = (name, value) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data: { value } });

await call('POST', collection, configMap('read', 'x'.repeat(200)));
for (let opened = 0; opened < watches; opened += 50) await Promise.all(Array.from({ length: Math.min(50, watches - opened) }, (_, i) => openWatch(opened + i)));
const get = await measure(() => call('GET', `${collection}/read`));
const write = await measure((client, i) =>
  i % 2 === 0
    ? call('POST', collection, configMap(`w-${client}-${i}`, '1'))
    : call('PUT', `${collection}/w-${client}-${i - 1}`, configMap(`w-${client}-${i - 1}`, '2')),
);
console.log(JSON.stringify({ watches, get, write }));
process.exit(0);
