// The recorded scenarios, played with the built-in kubectl. New ones drop in, and must be right from beginning to end.
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { difference } from '../../server/src/cli/play/difference.ts';
import { judge } from '../../server/src/cli/play/judge.ts';

const folder = new URL('oracle/scenarios/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const names = readdirSync(folder).flatMap((file) => (file.endsWith('.scenario') ? [file.slice(0, -'.scenario'.length)] : []));

/** How many steps are right of those that cannot all be: there is no helm here, and a node that is drained has as many pods as chance gave it. */
const partly: Readonly<Record<string, number>> = { 'helm-release': 2, 'zz-nodes': 16 };

test.each(names.filter((name) => !(name in partly)))('%s', async (name) => {
  const { wrong } = await judge(`${name}.scenario`, read(`${name}.scenario`), read(`${name}.golden`));
  expect(wrong.map(({ step, wanted, got }) => `$ ${step}\n${difference(wanted[0] ?? '', got)}`).join('\n')).toBe('');
});

test.each(Object.keys(partly))('%s, as far as it goes', async (name) => {
  const { wrong, steps: all } = await judge(`${name}.scenario`, read(`${name}.scenario`), read(`${name}.golden`));
  expect(all - wrong.length, `raise the number when more steps are right; wrong now: ${wrong.map(({ step }) => step).join('; ')}`).toBe(partly[name]);
});
