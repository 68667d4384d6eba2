// Commands that reach into pods: exec, cp, attach, logs; and events, and permissions that are reconciled.
import { expect, test } from 'vitest';
import { ClusterShell } from './cluster-shell.ts';

function shellWithPod(args = '-- sleep 1000'): ClusterShell {
  const shell = new ClusterShell({ 'notes.txt': 'remember\n', 'd/a': '1', 'd/e/b': '2' });
  shell.ok(`kubectl run box --image=busybox ${args}`);
  shell.cluster.settle();
  shell.ok('kubectl wait --for=condition=Ready pod/box');
  return shell;
}

test('exec passes input on and ends with the code of the command', () => {
  const shell = shellWithPod();
  shell.stdin = 'typed\n';
  expect(shell.run("kubectl exec -i box -- sh -c 'cat; exit 3'")).toEqual({ stdout: 'typed\n', stderr: 'command terminated with exit code 3\n', code: 3 });
  expect(shell.run('kubectl exec -it box -- cat')).toMatchObject({
    stdout: 'typed\n',
    stderr: 'Unable to use a TTY - input is not a terminal or the right kind of file\n',
  });
  expect(shell.fails('kubectl exec box -- nothing')).toMatch(
    /^error: Internal error occurred: .*exec: "nothing": executable file not found in \$PATH: unknown\n$/,
  );
});

test('cp takes files and folders into a container and out of it', () => {
  const shell = shellWithPod();
  expect(shell.ok('kubectl cp notes.txt box:/tmp/')).toBe('');
  expect(shell.ok('kubectl exec box -- cat /tmp/notes.txt')).toBe('remember\n');
  shell.ok('kubectl cp d default/box:/new');
  expect(shell.ok('kubectl exec box -- cat /new/a /new/e/b')).toBe('12');
  shell.ok('kubectl cp box:/new out');
  expect([shell.files['out/a'], shell.files['out/e/b']]).toEqual(['1', '2']);
  shell.ok('kubectl cp box:/tmp/notes.txt copy.txt');
  expect(shell.files['copy.txt']).toBe('remember\n');
});

test('cp says what is wrong with its places', () => {
  const shell = shellWithPod();
  expect(shell.fails('kubectl cp a b')).toBe('error: one of src or dest must be a remote file specification\n');
  expect(shell.fails('kubectl cp box:/a box:/b')).toBe('error: one of src or dest must be a local file specification\n');
  expect(shell.fails('kubectl cp nope box:/tmp')).toBe("error: nope doesn't exist in local filesystem\n");
  expect(shell.fails('kubectl cp :x y')).toBe('error: filespec must match the canonical format: [[namespace/]pod:]file/path\n');
  expect(shell.run('kubectl cp box:/nope y')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/tar: .*nope.*\ncommand terminated with exit code 1\n$/),
  });
});

test('attach shows what is written from now on', () => {
  const shell = shellWithPod("-- sh -c 'while :; do date +%s; sleep 1; done'");
  const { stdout, code } = shell.run('kubectl attach box', { limitMs: 3_500 });
  expect(stdout).toMatch(/^\d+\n\d+\n\d+\n/);
  expect(code).toBe(124);
});

test('what an archive places outside of the destination is left out', () => {
  const shell = shellWithPod();
  shell.ok("kubectl exec box -- sh -c 'mkdir /evil; echo x > /evil/a'");
  expect(shell.run('kubectl cp box:/evil/../evil out').stderr).toContain('warning: file "out/../evil/a" is outside target destination, skipping\n');
  expect(Object.keys(shell.files)).toEqual(['notes.txt', 'd/a', 'd/e/b']);
});

test('events of one object; a type that there is not', () => {
  const shell = shellWithPod();
  expect(shell.ok('kubectl events --for pod/box')).toMatch(/^LAST SEEN   TYPE     REASON      OBJECT    MESSAGE\n\S+ +Normal   \S+ +Pod\/box   /);
  expect(shell.fails('kubectl events --types=Bad')).toBe('error: valid --types are Normal or Warning\n');
  expect(shell.run('kubectl events -n kube-public').stderr).toBe('No events found in kube-public namespace.\n');
});

test('auth reconcile adds what is missing, and takes away only when told to', () => {
  const role = (verbs: string) =>
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: reader}\nrules: [{apiGroups: [""], resources: [pods], verbs: [${verbs}]}]\n`;
  const shell = new ClusterShell({ 'a.yaml': role('get, list'), 'b.yaml': role('get, watch') });
  const rule = (verbs: string) => `\t\t{Verbs:[${verbs}] APIGroups:[] Resources:[pods] ResourceNames:[] NonResourceURLs:[]}\n`;
  expect(shell.run('kubectl auth reconcile -f a.yaml')).toEqual({
    stdout: 'role.rbac.authorization.k8s.io/reader reconciled\n',
    stderr: `\treconciliation required create\n\tmissing rules added:\n${rule('get list')}`,
    code: 0,
  });
  expect(shell.run('kubectl auth reconcile -f b.yaml').stderr).toBe(`\treconciliation required update\n\tmissing rules added:\n${rule('watch')}`);
  expect(shell.run('kubectl auth reconcile -f b.yaml').stderr).toBe('');
  expect(shell.run('kubectl auth reconcile -f b.yaml --remove-extra-permissions').stderr).toBe(
    `\treconciliation required update\n\textra rules removed:\n${rule('list')}`,
  );
  expect(shell.ok("kubectl get role reader -o jsonpath='{.rules[*].verbs}'")).toBe('["get","watch"]');
});

test('what cannot work here is refused in one sentence', () => {
  const shell = shellWithPod();
  for (const line of ['kubectl debug box', 'kubectl proxy', 'kubectl completion bash'])
    expect(shell.fails(line)).toMatch(/^error: kubectl \w+ is not built in: [^\n]+\n$/);
  expect(shell.fails('kubectl port-forward box 80')).toMatch(/^error: ports of a pod cannot be reached from here: [^\n]+\n$/);
  expect(shell.ok('kubectl options')).toContain('-n, --namespace=');
});
