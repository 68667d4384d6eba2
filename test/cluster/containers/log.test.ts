// What containers say, and why they cannot be heard.
import { describe, expect, test } from 'vitest';
import { Harbour } from './support.ts';

const counter = ['sh', '-c', 'i=0; while true; do echo "$i: $(date)"; i=$((i+1)); sleep 1; done'];

describe('what is said', () => {
  const harbour = new Harbour().pod('counter', { command: counter }).pod('web', { image: 'nginx:1.27' });

  test('[L1] a script is played along virtual time', () => {
    const log = harbour.log('counter', { timestamps: true }).trim().split('\n');
    expect(log[0]).toMatch(/^2026-01-01T00:00:01\.\d{9}Z 0: Thu Jan  1 00:00:01 UTC 2026$/);
    expect(log.map((line) => line.split(' ')[1])).toEqual(log.map((_, i) => `${i}:`));
  });

  test('[L2] the same cluster says the same', () => {
    expect(new Harbour().pod('counter', { command: counter }).log('counter')).toBe(new Harbour().pod('counter', { command: counter }).log('counter'));
  });

  test('[L3] tail, since and limit', () => {
    const last = harbour.log('counter').trim().split('\n').at(-1)!;
    expect(harbour.log('counter', { tailLines: 1 })).toBe(`${last}\n`);
    expect(harbour.log('counter', { tailLines: 0 })).toBe('');
    expect(harbour.log('counter', { sinceSeconds: 1 }).split('\n').length).toBeLessThan(harbour.log('counter').split('\n').length);
    expect(harbour.log('counter', { sinceTime: harbour.cluster.agenda.now + 1 })).toBe('');
    expect(harbour.log('web', { limitBytes: 20 })).toBe('/docker-entrypoint.s');
  });

  test('[L4] who follows hears each line once, and no more after the end', () => {
    const reading = harbour.open('counter', { follow: true, tailLines: 0 });
    expect(reading.read()).toBe('');
    harbour.cluster.advance(1_000);
    expect(reading.read()).toMatch(/^\d+: .*\n$/);
    expect([reading.read(), reading.isOver]).toEqual(['', false]);
    harbour.cluster.request({ verb: 'delete', group: '', resource: 'pods', namespace: 'default', name: 'counter' });
    harbour.cluster.advance(60_000);
    reading.read();
    expect(reading.isOver).toBe(true);
  });

  test('[L5] a web server logs who came by', () => {
    harbour.pod('client').service('web', 80);
    harbour.sh('client', 'wget -qO- http://web/nothing 2>/dev/null || true; wget -qO /dev/null web');
    expect(harbour.log('web', { tailLines: 2 })).toMatch(/"GET \/nothing HTTP\/1\.1" 404 [^]*"GET \/ HTTP\/1\.1" 200 /);
  });

  test('[L6] what crashed says so, and what is done has said all', () => {
    harbour.pod('crash', { image: 'app', annotations: { 'drydock.dev/fault': 'crash' } });
    harbour.cluster.advance(2_000);
    expect(harbour.log('crash', { tailLines: 1, previous: true })).toMatch(/FATAL c: .*exit code 1/);
    const spec = { restartPolicy: 'Never' };
    harbour.pod('once', { command: ['sh', '-c', 'echo begin; sleep 60; echo end'], spec, annotations: { 'drydock.dev/run-for': '1s' } });
    harbour.cluster.advance(5_000);
    expect(harbour.log('once')).toBe('begin\nend\n');
  });

  test('[L7] a loop without rest is cut, not waited for', () => {
    harbour.pod('busy', { command: ['sh', '-c', 'while true; do echo x; done'] });
    harbour.cluster.advance(3_600_000);
    const started = performance.now();
    expect(harbour.log('busy', { tailLines: 1 })).toBe('x\n');
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('refusals in the words of the server', () => {
  const harbour = new Harbour()
    .pod('two', {
      spec: {
        initContainers: [{ name: 'i', image: 'busybox' }],
        containers: [
          { name: 'a', image: 'busybox' },
          { name: 'b', image: 'busybox' },
        ],
      },
    })
    .pod('pull', { image: 'nginx:1', annotations: { 'drydock.dev/fault': 'image-pull' } })
    .pod('one');

  test.each([
    ['two', {}, '400 a container name must be specified for pod two, choose one of: [i a b]'],
    ['two', { container: 'x' }, '400 container x is not valid for pod two'],
    ['none', {}, '404 pods "none" not found'],
    ['one', { previous: true }, '400 previous terminated container "c" in pod "one" not found'],
    ['one', { tailLines: -1 }, '422 PodLogOptions "one" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0'],
    ['one', { limitBytes: 0 }, '422 PodLogOptions "one" is invalid: limitBytes: Invalid value: 0: must be greater than 0'],
    [
      'one',
      { sinceSeconds: 1, sinceTime: 5 },
      '422 PodLogOptions "one" is invalid: : Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified',
    ],
  ])('%s %o', (pod, options, message) => expect(harbour.refusal(pod, options)).toBe(message));

  test('an image that cannot be pulled', () => {
    expect(harbour.refusal('pull')).toMatch(
      /^400 container "c" in pod "pull" is waiting to start: (?:image can't be pulled|trying and failing to pull image)$/,
    );
  });
});
