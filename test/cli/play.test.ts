// Scenarios played from text: the shell, its shims, and how much virtual time passes.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { playScenario } from '../../server/src/cli/play/player.ts';
import { play } from '../../server/src/cli/play/play.ts';
import { parseScenario } from '../../server/src/cli/play/scenario.ts';
import { deployment, folderWith, run } from './command-line.ts';

async function played(files: Readonly<Record<string, string>>, ...steps: readonly string[]): Promise<readonly string[]> {
  const parts = Object.entries(files).map(([name, text]) => `-- ${name} --\n${text}`);
  const text = ['Test.\n', ...parts, '-- run --\n', ...steps.map((step) => `$ ${step}\n`)].join('');
  return (await playScenario('test', parseScenario(text))).map((step) => step.text);
}

const stuck = deployment('web').replace('metadata: {labels', 'metadata: {annotations: {drydock.dev/fault: image-pull}, labels');

test('pipes, files, here-documents and scripts work as in any shell', async () => {
  const script = 'set -e\nkubectl scale deploy/web --replicas="$1"\nsleep 2\nkubectl get deploy web --no-headers | cut -c1-9\n';
  const answers = await played(
    { 'd.yaml': deployment('web'), 'grow.sh': script },
    'sed -i s/1.25/1.26/ d.yaml && kubectl apply -f d.yaml',
    'sh grow.sh 4',
    `kubectl get deploy web -o jsonpath='{..image}' > image; cat image; kubectl get deploy nope 2>&1 | tr a-z A-Z`,
    'sed s/web/api/ d.yaml | kubectl apply -f -',
    'kubectl get deploy nope || kubectl get deploy -o name',
    'cd / && kubectl apply -f d.yaml',
    'false',
  );
  expect(answers).toEqual([
    'deployment.apps/web created',
    'deployment.apps/web scaled\nweb   4/4',
    'nginx:1.26ERROR FROM SERVER (NOTFOUND): DEPLOYMENTS.APPS "NOPE" NOT FOUND',
    'deployment.apps/api created',
    'deployment.apps/api\ndeployment.apps/web\n! Error from server (NotFound): deployments.apps "nope" not found',
    '! error: the path "d.yaml" does not exist\n[exit 1]',
    '[exit 1]',
  ]);
});

test('timeout ends what it runs when its virtual time is up, with 124', async () => {
  const answers = await played(
    { 'd.yaml': stuck },
    'kubectl apply -f d.yaml',
    'timeout 3 kubectl rollout status deploy/web; echo "ended with $?"',
    'timeout 20 sh -c "sleep 5; sleep 60; echo never"; echo $?',
    'timeout 20 sleep 5; echo $?',
    `printf 'sh b.sh; echo never' > a.sh; printf 'kubectl get deploy -o name; sleep 9; echo never' > b.sh; timeout -s TERM 5 sh a.sh | cat; echo after`,
    'timeout 9 timeout 4 sleep 6; echo $?; timeout 4 timeout 9 sleep 6; echo $?',
    'timeout 20 kubectl get deploy nope',
  );
  expect(answers.slice(1)).toEqual([
    'Waiting for deployment "web" rollout to finish: 0 of 2 updated replicas are available...\nended with 124',
    '124',
    '0',
    'deployment.apps/web\nafter',
    '124\n124',
    '! Error from server (NotFound): deployments.apps "nope" not found\n[exit 1]',
  ]);
});

test('a command that never ends is ended after three minutes, without a word', async () => {
  const answers = await played(
    { 'd.yaml': stuck },
    'kubectl apply -f d.yaml',
    'while :; do kubectl get deploy -o name > last; sleep 30; done',
    'cat last',
    'kubectl rollout status deploy/web',
  );
  expect(answers.slice(1)).toEqual(['', 'deployment.apps/web', 'Waiting for deployment "web" rollout to finish: 0 of 2 updated replicas are available...']);
});

test('time is virtual: an hour of sleeping passes at once, and the cluster lives through it', async () => {
  const started = performance.now();
  const answers = await played(
    { 'd.yaml': deployment('web').replace('labels: {app', 'annotations: {drydock.dev/ready-after: 30m}, labels: {app') },
    'kubectl apply -f d.yaml',
    'sleep 29m',
    'kubectl get deploy web -o jsonpath={.status.readyReplicas}',
    'true; sleep 120; kubectl get deploy web -o jsonpath={.status.readyReplicas}',
  );
  expect(answers.slice(2)).toEqual(['', '2']);
  expect(performance.now() - started).toBeLessThan(20_000);
});

test('bounds and trace look back to the last time they were asked', async () => {
  const answers = await played(
    { 'd.yaml': deployment('web', 'nginx:1.25', 3) },
    'kubectl apply -f d.yaml',
    'settle',
    'bounds app=web',
    'bounds app=web',
    'kubectl scale deploy/web --replicas=1',
    'settle',
    'trace',
    'bounds app=web',
    'bounds app=none',
    'trace',
  );
  const hash = /(web-\w+) 0 → 3\n\1 3 → 1$/;
  expect(answers[2]).toBe('at most 3 wanted, at least 0 ready');
  expect(answers[3]).toBe('at most 3 wanted, at least 3 ready');
  expect(answers[6]).toMatch(hash);
  expect(answers[7]).toBe('at most 3 wanted, at least 1 ready');
  expect(answers[8]).toBe('at most 0 wanted, at least 0 ready');
  expect(answers[9]).toBe('');
});

const golden = `$ kubectl get deploy
! No resources found in <namespace> namespace.
~~~ or
! Nothing at all.
$ settle
$ kubectl get pods -o name
pod/x
`;

test('play compares with the golden beside the scenario and shows what differs', async () => {
  const scenario = 'One.\n-- run --\n$ kubectl get deploy\n$ settle\n$ kubectl get pods -o name\n';
  const folder = folderWith({ 'one.scenario': scenario, 'one.golden': golden, 'two.scenario': scenario, 'two.golden': golden.replace('pod/x\n', '') });
  const [one, two] = [join(folder, 'one.scenario'), join(folder, 'two.scenario')];
  expect(await run(play, one, two)).toEqual({
    stdout: [
      'FAIL one: One. (1 of 2 steps right)',
      '  $ kubectl get pods -o name',
      '    - pod/x',
      '    + ',
      'ok   two: One.',
      '3 of 4 steps right',
      '1 passed, 1 failed',
      '',
    ].join('\n'),
    stderr: '',
    code: 1,
  });
  expect((await run(play, two)).code).toBe(0);
});

test('play says what it cannot read', async () => {
  const folder = folderWith({ 'alone.scenario': 'Alone.\n-- run --\n$ true\n' });
  expect(await run(play)).toMatchObject({ code: 2, stderr: 'drydock: play needs at least one FILE.scenario\n' });
  expect(await run(play, join(folder, 'no.scenario'))).toMatchObject({ code: 2, stderr: `drydock: ${join(folder, 'no.scenario')}: there is no such file\n` });
  const alone = join(folder, 'alone.scenario');
  expect(await run(play, alone)).toMatchObject({
    code: 1,
    stdout: `${alone}: there is no ${alone.replace('.scenario', '.golden')} beside it\n0 passed, 1 failed\n`,
  });
});
