// Recorded scenarios, played with the built-in kubectl: those of the oracle, and those that we recorded of the same control plane
// ourselves. New ones drop in, and must be right from beginning to end.
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { difference } from '../../server/src/cli/play/difference.ts';
import { judge } from '../../server/src/cli/play/judge.ts';

const folders = ['oracle/scenarios/', 'scenarios-of-our-own/'].map((folder) => new URL(folder, import.meta.url));
const scenarios = folders.flatMap((folder) =>
  readdirSync(folder).flatMap((file) => (file.endsWith('.scenario') ? [{ name: file.slice(0, -'.scenario'.length), folder }] : [])),
);

/** How many steps are right of those that cannot all be: there is no helm here, and a node that is drained has as many pods as chance gave it. */
const partly: Readonly<Record<string, number>> = { 'helm-release': 2, 'zz-nodes': 16 };

function play({ name, folder }: (typeof scenarios)[number]) {
  const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
  return judge(`${name}.scenario`, read(`${name}.scenario`), read(`${name}.golden`));
}

test.each(scenarios.filter(({ name }) => !(name in partly)))('$name', async (scenario) => {
  const { wrong } = await play(scenario);
  expect(wrong.map(({ step, wanted, got }) => `$ ${step}\n${difference(wanted[0] ?? '', got)}`).join('\n')).toBe('');
});

test.each(scenarios.filter(({ name }) => name in partly))('$name, as far as it goes', async (scenario) => {
  const { wrong, steps: all } = await play(scenario);
  expect(all - wrong.length, `raise the number when more steps are right; wrong now: ${wrong.map(({ step }) => step).join('; ')}`).toBe(partly[scenario.name]);
});
