import { expect, test } from 'vitest';
import { hoverText } from './check.ts';

const head = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n';

test('[L40] a field: its name, type and default', async () => {
  expect(await hoverText('apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: web\n    image: x\n    ports:\n    - protocol$0: TCP\n')).toContain(
    '**protocol** · text',
  );
  expect(await hoverText('apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: web\n    image: x\n    ports:\n    - protocol$0: TCP\n')).toContain(
    'Default: `TCP`',
  );
});

test('[L40] a field: what the documentation says of it', async () => {
  expect(await hoverText(`${head}spec:\n  repl$0icas: 1\n`)).toContain('Number of desired pods.');
  expect(await hoverText('apiVersion: apps/v1\nkind: Depl$0oyment\n')).toContain('Deployment enables declarative updates for Pods and ReplicaSets.');
});

test('[L40] the values of a field that takes few', async () => {
  expect(await hoverText(`${head}spec:\n  strategy:\n    type: Rec$0reate\n`)).toContain('One of: `Recreate`, `RollingUpdate`');
});

test('[L41] what is wrong stands above what the field is', async () => {
  const text = await hoverText(`${head}spec:\n  replicas: th$0ree\n`);
  expect(text).toMatch(/^"replicas" takes a whole number; this is the text "three"\.\n\n---\n\n\*\*replicas\*\* · whole number/);
  expect(text).not.toContain('cannot unmarshal'); // the editor shows the message itself
});

test('[L42] the kind on its own line', async () => expect(await hoverText('apiVersion: apps/v1\nki$0nd: Deployment\n')).toContain('**Deployment** · apps/v1'));
test('[L42] an annotation of ours', async () => {
  const pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  annotations:\n    drydock.dev/';
  expect(await hoverText(`${pod}fa$0ult: crash\n`)).toContain('- `oom`: the container is killed for using too much memory (OOMKilled)');
  expect(await hoverText(`${pod}stop-after: 1$0s\n`)).toContain('Default: `500ms`');
});

test('[L43] nothing where nothing is known', async () => {
  expect(await hoverText(`${head}spe$0cc:\n  x: 1\n`)).toContain('has no field "specc"');
  expect(await hoverText('services:\n  we$0b: {}\n')).toBe(undefined);
  expect(await hoverText('$0')).toBe(undefined);
});
