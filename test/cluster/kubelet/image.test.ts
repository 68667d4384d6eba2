import { describe, expect, test } from 'vitest';
import { containerId, imageOf, invalidNameText } from '../../../server/src/cluster/kubelet/image.ts';

describe('image names', () => {
  const digest = `sha256:${'a1'.repeat(32)}`;
  test.each([
    ['nginx', 'docker.io/library/nginx:latest', 'nginx:latest'],
    ['nginx:1.25', 'docker.io/library/nginx:1.25', 'nginx:1.25'],
    ['team/app:v1', 'docker.io/team/app:v1', 'team/app:v1'],
    ['registry.local:5000/team/app', 'registry.local:5000/team/app:latest', 'registry.local:5000/team/app:latest'],
    ['localhost/app', 'localhost/app:latest', 'localhost/app:latest'],
    [`nginx@${digest}`, `docker.io/library/nginx@${digest}`, `nginx@${digest}`],
  ])('%s is %s', (text, reference, tagged) => expect(imageOf(text)).toMatchObject({ reference, tagged }));
  test.each(['', 'Nginx', 'nginx:', 'nginx:1 2', '-nginx', 'a//b', 'nginx@sha256:12'])('%s is none', (text) => expect(imageOf(text)).toBeUndefined());
  test('why not', () => {
    expect(invalidNameText('Nginx:1')).toBe(`couldn't parse image name "Nginx:1": invalid reference format: repository name (library/Nginx) must be lowercase`);
    expect(invalidNameText('nginx:')).toBe(`couldn't parse image name "nginx:": invalid reference format`);
  });
  test('the same name always has the same size and digest, another name another', () => {
    expect(imageOf('redis:7')).toEqual(imageOf('redis:7'));
    expect(imageOf('redis:7')!.id).toMatch(/^docker\.io\/library\/redis@sha256:[0-9a-f]{64}$/);
    expect(imageOf('redis:7')!.id).not.toBe(imageOf('redis:8')!.id);
  });
});

test('ids of containers: one for each pod, container and start', () => {
  const ids = ['7ad0d603-4902-4978-985e-7bd15af1c7f0', 'fd804a8e-bf9a-4068-95c8-ab153c9c89a3'].flatMap((uid) =>
    ['web', 'proxy'].flatMap((name) => [0, 1, 2].map((restarts) => containerId(uid, name, restarts))),
  );
  for (const id of ids) expect(id).toMatch(/^containerd:\/\/[0-9a-f]{64}$/);
  // Tools show the first twelve digits or so.
  expect(new Set(ids.map((id) => id.slice(0, 25))).size).toBe(12);
});
