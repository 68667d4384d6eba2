// kubectl edit: what stands in the editor, what is sent, what comes back into the editor.
import { expect, test } from 'vitest';
import { ClusterShell, deployment } from './cluster-shell.ts';

type Edit = (text: string) => string | { readonly error: string };

/** Runs a line with an editor that makes these changes, one each time that it is opened. */
function editing(shell: ClusterShell, line: string, ...edits: readonly Edit[]) {
  const opened: string[] = [];
  const result = shell.run(line, {
    edit: (text, name) => {
      const answer = edits[opened.length]!(text);
      opened.push(`${name}\n${text}`);
      return typeof answer === 'string' ? { text: answer } : answer;
    },
    keep: () => '/kept.yaml',
  });
  expect(opened).toHaveLength(edits.length);
  return { ...result, opened };
}

function shellWith(...names: readonly string[]): ClusterShell {
  const shell = new ClusterShell({ 'd.yaml': names.map((name) => deployment(name)).join('---\n') });
  shell.ok('kubectl apply -f d.yaml');
  return shell;
}

const replicas =
  (to: string): Edit =>
  (text) =>
    text.replace(/^ {2}replicas: .*$/m, `  replicas: ${to}`);
const same: Edit = (text) => text;

test('what is saved is sent as a patch under its own name', () => {
  const shell = shellWith('web');
  const { stdout, stderr, code, opened } = editing(shell, 'kubectl edit deploy web', replicas('5'));
  expect({ stdout, stderr, code }).toEqual({ stdout: 'deployment.apps/web edited\n', stderr: '', code: 0 });
  expect(opened[0]).toMatch(/^kubectl-edit\.yaml\n# Please edit the object below\. .*\n(?:#.*\n)+apiVersion: apps\/v1\nkind: Deployment\n/);
  expect(opened[0]).not.toContain('managedFields');
  expect(shell.ok("kubectl get deploy web -o jsonpath='{.spec.replicas}'")).toBe('5');
  expect(shell.ok("kubectl get deploy web --show-managed-fields -o jsonpath='{.metadata.managedFields[*].manager}'")).toContain('kubectl-edit');
});

test('nothing changed, comments alone, an empty file: nothing is sent', () => {
  const shell = shellWith('web');
  const unchanged = { stdout: '', stderr: 'Edit cancelled, no changes made.\n', code: 0 };
  expect(editing(shell, 'kubectl edit deploy web', same)).toMatchObject(unchanged);
  expect(editing(shell, 'kubectl edit deploy web', (text) => `# mine\n${text}`)).toMatchObject(unchanged);
  expect(editing(shell, 'kubectl edit deploy web', () => '# all gone\n')).toMatchObject({ ...unchanged, stderr: 'Edit cancelled, saved file was empty.\n' });
  expect(editing(shell, 'kubectl edit deploy web', () => ({ error: 'no terminal' }))).toMatchObject({ stderr: 'error: no terminal\n', code: 1 });
});

test('what is refused is opened again with the reasons on top, and can be mended', () => {
  const shell = shellWith('web');
  const { stdout, stderr, code, opened } = editing(shell, 'kubectl edit deploy web', replicas('-1'), replicas('3'));
  expect({ stdout, stderr, code }).toEqual({ stdout: 'deployment.apps/web edited\n', stderr: 'error: deployments.apps "web" is invalid\n', code: 0 });
  expect(opened[1]).toContain(
    '# deployments.apps "web" was not valid:\n# * spec.replicas: Invalid value: -1: must be greater than or equal to 0\n#\napiVersion: apps/v1\n',
  );
  expect(opened[1]).toContain('\n  replicas: -1\n');
  // The reasons of the time before do not stay.
  expect(opened[1]!.match(/# Please edit/g)).toHaveLength(1);
});

test('what is not mended is kept', () => {
  const shell = shellWith('web');
  expect(editing(shell, 'kubectl edit deploy web', replicas('-1'), same)).toMatchObject({
    stderr:
      'error: deployments.apps "web" is invalid\nA copy of your changes has been stored to "/kept.yaml"\nerror: Edit cancelled, no valid changes were saved.\n',
    code: 1,
  });
  expect(shell.ok("kubectl get deploy web -o jsonpath='{.spec.replicas}'")).toBe('2');
});

test('text that is no YAML is opened again too', () => {
  const shell = shellWith('web');
  const { stdout, opened } = editing(
    shell,
    'kubectl edit deploy web',
    (text) => text.replace('\nspec:\n', '\nspec: {\n'),
    (text) => text.replace('\nspec: {\n', '\nspec:\n').replace('replicas: 2', 'replicas: 4'),
  );
  expect(opened[1]).toMatch(/\n# The edited file had a syntax error: error parsing edited-file: error converting YAML to JSON: yaml: .*\n#\napiVersion/);
  expect(stdout).toBe('deployment.apps/web edited\n');
});

test('another name is another object: that is no edit', () => {
  const shell = shellWith('web');
  expect(editing(shell, 'kubectl edit deploy web', (text) => text.replace('  name: web\n', '  name: api\n'))).toMatchObject({
    stderr: 'A copy of your changes has been stored to "/kept.yaml"\nerror: At least one of apiVersion, kind and name was changed\n',
    code: 1,
  });
});

test('an object that goes away meanwhile is not created again', () => {
  const shell = shellWith('web');
  const { stderr, code } = editing(shell, 'kubectl edit deploy web', (text) => {
    shell.ok('kubectl delete deploy web');
    return replicas('5')(text) as string;
  });
  expect({ stderr, code }).toEqual({
    stderr: 'error: deployments.apps "web" could not be found on the server\nThe edits you made on deleted resources have been saved to "/kept.yaml"\n',
    code: 1,
  });
});

test('several objects stand in one list; what was not touched is skipped', () => {
  const shell = shellWith('api', 'web');
  const { stdout, opened } = editing(shell, 'kubectl edit deploy api web', (text) => text.replace(/replicas: 2/, 'replicas: 7'));
  expect(opened[0]).toMatch(/#\napiVersion: v1\nitems:\n- apiVersion: apps\/v1\n/);
  expect(stdout).toBe('deployment.apps/api edited\ndeployment.apps/web skipped\n');
});

test('as JSON', () => {
  const shell = shellWith('web');
  const { opened, stdout } = editing(shell, 'kubectl edit deploy web -o json', (text) => text.replace('"replicas": 2', '"replicas": 1'));
  expect(opened[0]).toMatch(/^kubectl-edit\.json\n(?:#.*\n)+\{\n {4}"apiVersion": "apps\/v1",/);
  expect(JSON.parse(stdout)).toMatchObject({ spec: { replicas: 1 } });
});

test('apply edit-last-applied changes what is remembered, and nothing else', () => {
  const shell = shellWith('web');
  const { stdout, opened } = editing(shell, 'kubectl apply edit-last-applied deploy/web', replicas('9'));
  expect(opened[0]).toContain("# Please edit the 'last-applied-configuration' annotations below.");
  expect(stdout).toBe('deployment.apps/web edited\n');
  expect(shell.ok('kubectl apply view-last-applied deploy/web')).toContain('replicas: 9');
  expect(shell.ok("kubectl get deploy web -o jsonpath='{.spec.replicas}'")).toBe('2');
  shell.ok('kubectl create configmap plain');
  expect(editing(shell, 'kubectl apply edit-last-applied cm/plain').stderr).toContain('no last-applied-configuration annotation found on resources');
});
