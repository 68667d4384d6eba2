// The official Python client against the server, where there is a Python to run it.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { serve } from './support/served.ts';

const version = '36.0.2';
const modules = resolve(import.meta.dirname, '../../.cache/python', version);
const hasPip = spawnSync('python3', ['-m', 'pip', '--version']).status === 0;

function install(): void {
  if (existsSync(join(modules, 'kubernetes'))) return;
  mkdirSync(modules, { recursive: true });
  execFileSync('python3', ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', modules, `kubernetes==${version}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

describe.runIf(hasPip)('the Python client', () => {
  test('lists, watches, patches, applies, reads logs and runs commands', async () => {
    install();
    const served = await serve();
    try {
      const script = join(import.meta.dirname, 'support/python_client.py');
      const child = spawn('python3', [script, served.kubeconfig.file], { env: { ...process.env, PYTHONPATH: modules } });
      let said = '';
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
      await new Promise((done) => child.on('close', done));
      expect(said.trim().split('\n')).toEqual(['list', 'patch', 'server-side apply', 'watch', 'log', 'exec'].map((name) => `ok ${name}`));
    } finally {
      await served.stop();
    }
  }, 180_000);
});
