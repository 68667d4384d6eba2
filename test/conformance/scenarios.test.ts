// The recorded scenarios, played with the built-in kubectl. A ratchet: what is right stays right, and what becomes right is
// written down here, so that it stays right too.
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { difference } from '../../server/src/cli/play/difference.ts';
import { judge } from '../../server/src/cli/play/judge.ts';

const folder = new URL('oracle/scenarios/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const names = readdirSync(folder).flatMap((file) => (file.endsWith('.scenario') ? [file.slice(0, -'.scenario'.length)] : []));

/** Scenarios that are right from beginning to end. */
const whole = new Set([
  'adoption',
  'cascade-foreground',
  'deployment-seed-flow',
  'errors',
  'hash-collision',
  'history-limit-2',
  'hostport-spread',
  'min-ready-3',
  'namespaces',
  'pause-many-changes',
  'pods',
  'recreate-3',
  'restart-and-label',
  'rolling-10-25p-25p',
  'rolling-2-100p-0',
  'rolling-3-25p-25p',
  'rolling-4-1-0',
  'rolling-5-0-1',
  'stalled-scale-10-15',
  'stalled-scale-4-2',
  'unschedulable-1',
  'zz-node-failure',
]);

/** Steps right of those that need controllers and commands that are not there yet. */
const steps: Readonly<Record<string, number>> = {
  'apply-merge': 19,
  'get-formats': 21,
};

test.each(names.filter((name) => whole.has(name)))('%s', async (name) => {
  const { wrong } = await judge(`${name}.scenario`, read(`${name}.scenario`), read(`${name}.golden`));
  expect(wrong.map(({ step, wanted, got }) => `$ ${step}\n${difference(wanted[0] ?? '', got)}`).join('\n')).toBe('');
});

test.each(Object.keys(steps))('%s, as far as it goes', async (name) => {
  const { wrong, steps: all } = await judge(`${name}.scenario`, read(`${name}.scenario`), read(`${name}.golden`));
  expect(all - wrong.length, `raise the number when more steps are right; wrong now: ${wrong.map(({ step }) => step).join('; ')}`).toBe(steps[name]);
});

test('the scenarios of Deployments are all there', () => {
  expect([...whole, ...Object.keys(steps)].filter((name) => !names.includes(name))).toEqual([]);
});
