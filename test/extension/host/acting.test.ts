import assert from 'node:assert/strict';
import { ConfigurationTarget, Uri, commands, env, extensions, window, workspace } from 'vscode';
import { lens, lenses, manifest, open, replace, save, until, write } from './editor.ts';

const deployment = 'apps/Deployment/default/sample-deployment';
/** Computed by a real Kubernetes for these templates. */
const revisions = { 1: 'apps/ReplicaSet/default/sample-deployment-59f8945fdf', 2: 'apps/ReplicaSet/default/sample-deployment-b87cd9dd8' };

/** The packed extension has its own `vscode`, in which nobody can answer for it: its dialogs are tried by the walks. */
const itAsks = extensions.getExtension('drydock.stub') ? (): void => undefined : it;

/** Answers the next question of a command as a person would. */
function answering(method: 'showInputBox' | 'showWarningMessage', answer: unknown): () => void {
  const original = window[method] as unknown;
  Object.defineProperty(window, method, { configurable: true, value: () => Promise.resolve(answer) });
  return () => Object.defineProperty(window, method, { configurable: true, value: original });
}

describe('acting on the cluster', () => {
  it('saving launches the Deployment', async () => {
    const document = await open('sample-deployment.yaml');
    await save(document);
    await lens(document, '3 of 3 ready · revision 1');
    assert.match(await manifest(revisions[1]), /pod-template-hash: 59f8945fdf/);
  });

  it('saving a changed image rolls it out', async () => {
    const document = await open('sample-deployment.yaml');
    await replace(document, 'nginx:1.16', 'nginx:1.17');
    await save(document);
    await lens(document, '3 of 3 ready · revision 2');
    assert.match(await manifest(deployment), /image: nginx:1\.17/);
    assert.match(await manifest(revisions[2]), /replicas: 3/);
  });

  it('a revision can be undone to, and its ReplicaSet is used again', async () => {
    const document = await open('sample-deployment.yaml');
    await commands.executeCommand('drydock.undoToRevision', revisions[1]);
    await lens(document, '3 of 3 ready · revision 3');
    // An open manifest follows its object a moment later.
    await until(async () => /image: nginx:1\.16/.test(await manifest(deployment)), 'the old image');
    await until(async () => /deployment\.kubernetes\.io\/revision: "3"/.test(await manifest(revisions[1])), 'the new revision');
  });

  it('pause, resume and restart', async () => {
    const document = await open('sample-deployment.yaml');
    await commands.executeCommand('drydock.pauseRollout', deployment);
    await until(async () => (await lenses(document)).includes('resume'), 'the paused lens');
    await commands.executeCommand('drydock.resumeRollout', deployment);
    await until(async () => !(await lenses(document)).includes('resume'), 'the resumed lens');
    await commands.executeCommand('drydock.restart', deployment);
    await lens(document, '3 of 3 ready · revision 4');
  });

  itAsks('scaling asks how many', async () => {
    const document = await open('sample-deployment.yaml');
    const restore = answering('showInputBox', '5');
    await commands.executeCommand('drydock.scale', deployment);
    restore();
    await lens(document, '5 of 5 ready · revision 4');
  });

  it('names are copied whole', async () => {
    await commands.executeCommand('drydock.copyName', revisions[1]);
    assert.equal(await env.clipboard.readText(), 'sample-deployment-59f8945fdf');
  });

  it('a document that is removed from its file is removed from the cluster', async () => {
    const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;
    const document = await write('maps.yaml', `${configMap('kept')}---\n${configMap('dropped')}`);
    await save(document);
    await until(async () => (await manifest('/ConfigMap/default/dropped')).includes('name: dropped'), 'the ConfigMap');
    await replace(await open('maps.yaml'), `---\n${configMap('dropped')}`, '');
    await save(document);
    await until(async () => (await manifest('/ConfigMap/default/dropped')).includes('is gone'), 'the ConfigMap to go');
    assert.match(await manifest('/ConfigMap/default/kept'), /name: kept/);
  });

  describe('with apply on save turned off', () => {
    const set = (value: boolean | undefined) => workspace.getConfiguration('drydock').update('applyOnSave', value, ConfigurationTarget.Workspace);
    before(() => set(false));
    after(() => set(undefined));

    it('saving changes nothing and the command applies', async () => {
      const document = await write('later.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: later\n');
      await save(document);
      assert.match(await manifest('/ConfigMap/default/later'), /is gone/);
      await open('later.yaml');
      await commands.executeCommand('drydock.apply');
      await until(async () => (await manifest('/ConfigMap/default/later')).includes('name: later'), 'the ConfigMap');
    });
  });

  it('time stands still and goes on', async () => {
    await commands.executeCommand('drydock.pauseTime');
    const document = await open('sample-deployment.yaml');
    await replace(document, 'nginx:1.17', 'nginx:1.18');
    await save(document);
    await until(async () => (await lenses(document)).some((title) => title.includes('of 3 updated')), 'the rollout to begin');
    const stopped = await lenses(document);
    await new Promise((done) => setTimeout(done, 1500));
    assert.deepEqual(await lenses(document), stopped);
    await commands.executeCommand('drydock.settleTime');
    await lens(document, '3 of 3 ready · revision 5');
    await commands.executeCommand('drydock.resumeTime');
  });

  it('the rollout opens in a tab of its own', async () => {
    await commands.executeCommand('drydock.showRollout', deployment);
    await until(() => window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label === 'Rollout: sample-deployment')), 'the tab');
  });

  it('a terminal has a kubectl that talks to the cluster', async () => {
    await commands.executeCommand('drydock.openTerminal');
    const folder = workspace.workspaceFolders![0]!.uri;
    window.terminals.find(({ name }) => name === 'Drydock')!.sendText(`kubectl get deployment sample-deployment -o name > '${folder.fsPath}/said.txt'`);
    const said = async () => workspace.fs.readFile(Uri.joinPath(folder, 'said.txt')).then(String, () => '');
    await until(async () => (await said()) === 'deployment.apps/sample-deployment\n', 'what kubectl says');
  });

  itAsks('deleting asks first, and takes all that it owns', async () => {
    const keep = answering('showWarningMessage', undefined);
    await commands.executeCommand('drydock.delete', deployment);
    keep();
    assert.match(await manifest(deployment), /kind: Deployment/);
    const remove = answering('showWarningMessage', 'Delete');
    await commands.executeCommand('drydock.delete', deployment);
    remove();
    await until(async () => (await manifest(revisions[1])).includes('is gone'), 'the ReplicaSet to go');
  });
});
