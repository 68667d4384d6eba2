// What one core answers over TLS on loopback, and how that compares with what the JSON of the same objects costs alone.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ApiServer } from '../../server/src/apiserver/server.ts';
import { Cluster } from '../../server/src/cluster/cluster.ts';
import { backendOf } from '../apiserver/support/front.ts';

interface Figures {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

interface Load {
  readonly watches: number;
  readonly get: Figures;
  readonly write: Figures;
}

function load(options: object): Promise<Load> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'api-load.mjs'), JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  return new Promise((resolve, reject) => {
    child.on('close', (code) => (code === 0 ? resolve(JSON.parse(printed) as Load) : reject(new Error(`the clients ended with ${code}`))));
  });
}

/** Milliseconds of reading and writing the JSON of one object. */
function jsonMs(object: unknown): number {
  const text = JSON.stringify(object);
  const started = performance.now();
  for (let i = 0; i < 20_000; i++) JSON.stringify(JSON.parse(text));
  return (performance.now() - started) / 20_000;
}

const says = ({ perSecond, p50, p99 }: Figures) => `${Math.round(perSecond)}/s, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`;

test('reads and writes beside open watches', async () => {
  const seconds = Number(process.env['SECONDS_OF_LOAD'] ?? 2);
  const watches = Number(process.env['WATCHES'] ?? 200);
  const cluster = new Cluster();
  const server = await ApiServer.start(backendOf(cluster), { port: 0, now: Date.now() });
  try {
    const figures = await load({ ...server.access, watches, seconds, connections: 8 });
    const ms = jsonMs(cluster.store.get('configmaps', 'default', 'read'));
    console.log(
      `${figures.watches} watches open: GET ${says(figures.get)}; writes ${says(figures.write)}; ` +
        `the JSON of one object alone ${(ms * 1000).toFixed(1)} µs, a GET ${(1000 / figures.get.perSecond / ms).toFixed(0)} times that`,
    );
    // The budgets (2,000 GET/s, 1,000 writes/s, p99 20 ms) are for a quiet machine; these hold beside other tests.
    expect(figures.get.perSecond).toBeGreaterThan(400);
    expect(figures.write.perSecond).toBeGreaterThan(200);
  } finally {
    await server.stop();
  }
}, 120_000);
