import assert from 'node:assert/strict';
import { Position, commands, extensions } from 'vscode';
import { diagnostics, hoverText, open, rangeOf, replace, until, write } from './editor.ts';

const deployment = (replicas: string, label = 'web'): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: typed
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
      app: ${label}
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: nginx
          image: nginx:1.25
`;

describe('editing', () => {
  it('activates when a YAML file is opened, and every command of the manifest is there', async () => {
    await open('sample-deployment.yaml');
    const extension = extensions.getExtension('drydock.drydock-kubernetes');
    assert.ok(extension);
    await until(() => extension.isActive, 'activation');
    const declared = (extension.packageJSON as { contributes: { commands: { command: string }[] } }).contributes.commands.map(({ command }) => command);
    const known = new Set(await commands.getCommands(true));
    assert.deepEqual(
      declared.filter((command) => !known.has(command)),
      [],
    );
  });

  it('a sound manifest has nothing to be told about', async () => {
    const document = await open('sample-deployment.yaml');
    await until(async () => (await hoverText(document, new Position(1, 3))).length > 0, 'the language server');
    assert.deepEqual(diagnostics(document), []);
  });

  it('a wrong value is marked where it stands, in words that say what is wrong', async () => {
    const document = await write('typed.yaml', deployment('three'));
    const [found, ...more] = await until(() => diagnostics(document).length > 0 && diagnostics(document), 'a diagnostic');
    assert.deepEqual(more, []);
    assert.deepEqual(found!.range, rangeOf(document, 'three'));
    assert.match(found!.message, /replicas/);
    await replace(document, 'three', '3');
    await until(() => diagnostics(document).length === 0, 'the diagnostic to go');
  });

  it("the API server's own rule, in its own words", async () => {
    const document = await write('selector.yaml', deployment('3', 'webb'));
    const [found] = await until(() => diagnostics(document).length > 0 && diagnostics(document), 'a diagnostic');
    assert.ok(found!.message.includes('Invalid value: {"app":"web"}: `selector` does not match template `labels`'), found!.message);
  });

  it('an edit moves a diagnostic, and another document of the file keeps its own', async () => {
    const document = await write('two.yaml', `${deployment('three')}---\n${deployment('-1').replace('typed', 'second')}`);
    await until(() => diagnostics(document).length === 2, 'two diagnostics');
    const edit = '# a comment\n';
    await replace(
      document,
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: typed',
      `${edit}apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: typed`,
    );
    await until(() => diagnostics(document).some(({ range }) => range.isEqual(rangeOf(document, 'three'))), 'the moved diagnostic');
    assert.ok(diagnostics(document).some(({ range }) => range.isEqual(rangeOf(document, '-1'))));
  });

  it('a hover documents the field', async () => {
    const document = await open('sample-deployment.yaml');
    const text = await until(() => hoverText(document, rangeOf(document, 'replicas').start), 'a hover');
    assert.match(text, /Number of desired pods/);
  });

  it('a file that is not of Kubernetes is left alone', async () => {
    const document = await write('other.yaml', 'name: build\non: push\njobs:\n  test: { replicas: three }\n');
    await hoverText(document, new Position(0, 1));
    assert.deepEqual(diagnostics(document), []);
  });
});
