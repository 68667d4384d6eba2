// The diagnostics of a manifest against what a real API server answered to it.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { diagnosticsOf } from './check.ts';

interface Answer {
  readonly code: number;
  readonly status?: { readonly message: string; readonly details?: { readonly causes?: readonly { readonly field: string; readonly message: string }[] } };
}

interface Row extends Answer {
  readonly id: string;
  readonly manifest?: object;
  readonly variants?: readonly Answer[];
}

// Left out: what depends on other objects or on the request, and texts that are only described.
const rows = readFileSync(new URL('../conformance/oracle/api/validation.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Row)
  .filter(({ manifest, code }) => manifest && code !== 403 && code !== 409 && !JSON.stringify(manifest).includes(' x 262'));

/** Whether the messages of the errors are those of the answer: all causes of a 422, the first mistake of a 400, none of a 201. */
function agrees(messages: readonly string[], { code, status }: Answer): boolean {
  if (code === 201) return messages.length === 0;
  if (code === 400) return messages.some((message) => status?.message.includes(message));
  const causes = (status?.details?.causes ?? []).map(({ field, message }) => `${field}: ${message}`);
  return causes.every((cause) => messages.includes(cause)) && messages.every((message) => causes.includes(message));
}

test.each([
  ['apps/v1', 'Deployment', ['Deployment', 'RichDeployment']],
  ['apps/v1', 'ReplicaSet', ['ReplicaSet']],
  ['v1', 'Pod', ['Pod', 'RichPod']],
  ['v1', 'Namespace', ['Namespace']],
])('[L61] %s %s', (apiVersion, kind, bases) => {
  // A manifest of another kind is another request for kubectl, and has its own tests.
  const own = rows.filter(({ id, manifest }) => bases.some((base) => id.startsWith(`${base}/`)) && isOfKind(manifest, apiVersion, kind));
  const wrong = own.flatMap((row) => {
    const messages = diagnosticsOf(stringify(row.manifest, { version: '1.1', aliasDuplicateObjects: false }), { pods: 2 ** 31 }).flatMap(
      ({ severity, message }) => (severity === 'error' ? [message] : []),
    );
    return [row, ...(row.variants ?? [])].some((answer) => agrees(messages, answer))
      ? []
      : [`${row.id}: ${row.status?.message ?? 'accepted'} ≠ ${messages.join(', ')}`];
  });
  console.log(`${kind}: ${own.length - wrong.length} of ${own.length} as the server${wrong.map((one) => `\n  ${one}`).join('')}`);
  expect(own.length).toBeGreaterThan(10);
  expect(wrong.length / own.length).toBeLessThan(0.03);
});

function isOfKind(manifest: object | undefined, apiVersion: string, kind: string): boolean {
  const given = manifest as { apiVersion?: unknown; kind?: unknown };
  return given.apiVersion === apiVersion && given.kind === kind;
}

test('[L62] a kind whose rules are not written down is judged by its schema: seldom wrong, but silent about much', () => {
  const others = rows.filter(({ id }) => !/^(Rich)?(Deployment|ReplicaSet|Pod|Namespace|Node)\//.test(id));
  const errorsOf = ({ manifest }: Row) =>
    diagnosticsOf(stringify(manifest, { version: '1.1', aliasDuplicateObjects: false })).filter(({ severity }) => severity === 'error');
  const accepted = others.filter(({ code, manifest }) => code === 201 && !JSON.stringify(manifest).includes('v1beta1'));
  const refused = others.filter(({ code }) => code === 400 || code === 422);
  const accused = accepted.filter((row) => errorsOf(row).length > 0);
  const found = refused.filter((row) => errorsOf(row).length > 0);
  console.log(
    `${found.length} of ${refused.length} refused bodies are found, ${accused.length} of ${accepted.length} accepted ones accused: ${accused.map(({ id }) => id).join(', ')}`,
  );
  expect(accused.length / accepted.length).toBeLessThan(0.05);
  expect(found.length / refused.length).toBeGreaterThan(0.4);
});
