import { describe, expect, test } from 'vitest';
import { imageOf, invalidNameText } from '../../../server/src/cluster/kubelet/image.ts';

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
