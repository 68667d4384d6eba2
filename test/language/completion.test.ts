import { describe, expect, test } from 'vitest';
import { completionsOf } from './check.ts';

/** Labels offered at `$0`, in order. */
function labels(fixture: string): string[] {
  return completionsOf(fixture).map(({ label }) => label);
}

const head = 'apiVersion: apps/v1\nkind: Deployment\n';

describe('keys', () => {
  test('[L30] those of the map that are not there yet', () => {
    expect(labels(`${head}metadata:\n  name: web\nspec:\n  replicas: 3\n  $0\n`)).toEqual([
      'minReadySeconds',
      'paused',
      'progressDeadlineSeconds',
      'revisionHistoryLimit',
      'selector',
      'strategy',
      'template',
    ]);
  });

  test('[L30] also above the others, and while a word is begun', () => {
    expect(labels(`${head}spec:\n  str$0\n  replicas: 3\n  selector: {}\n`)).toContain('strategy');
    expect(labels(`${head}spec:\n  str$0\n  replicas: 3\n  selector: {}\n`)).not.toContain('replicas');
  });

  test('[L30] at the top', () => {
    expect(labels(`${head}$0`)).toEqual(['metadata', 'spec']);
    expect(labels('$0')).toEqual(['apiVersion', 'kind', 'metadata']);
  });

  test('[L31] in items of a list, behind the dash and below it', () => {
    const pod = 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n';
    expect(labels(`${pod}    - $0\n`)).toContain('image');
    expect(labels(`${pod}    - name: web\n      $0\n`)).toContain('image');
    expect(labels(`${pod}    - name: web\n      $0\n`)).not.toContain('name');
    expect(labels(`${pod}  - name: web\n    image: x\n  - name: two\n    $0\n`)).toContain('image');
    expect(labels(`${pod}    - name: web\n      ports:\n        - containerPort: 80\n          pro$0\n`)).toEqual(['hostIP', 'hostPort', 'name', 'protocol']);
    expect(labels(`${pod}    - name: web\n      ports:\n      - $0\n`)).toContain('containerPort');
  });

  test('[L31] a dash is added where the list has none', () => {
    const [first] = completionsOf('apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    $0\n').filter(({ label }) => label === 'name');
    expect(first?.insert).toBe('- name: ');
  });

  test('[L32] a key opens what it holds', () => {
    const inserts = new Map(completionsOf(`${head}spec:\n  $0\n`).map(({ label, insert }) => [label, insert]));
    expect(inserts.get('replicas')).toBe('replicas: ');
    expect(inserts.get('template')).toBe('template:\n    ');
    expect(new Map(completionsOf('apiVersion: v1\nkind: Pod\nspec:\n  $0').map(({ label, insert }) => [label, insert])).get('containers')).toBe(
      'containers:\n    - ',
    );
  });

  test('[L32] what is written of the word is replaced', () => {
    expect(completionsOf(`${head}spec:\n  rep$0\n`)[0]?.range).toEqual({ start: { line: 3, character: 2 }, end: { line: 3, character: 5 } });
  });

  test('[L33] each document by its own kind', () => {
    expect(labels(`${head}---\napiVersion: v1\nkind: ConfigMap\n$0`)).toEqual(['binaryData', 'data', 'immutable', 'metadata']);
  });

  test('[L34] none in comments, braces and documents of unknown kinds', () => {
    expect(labels(`${head}spec:\n  # $0\n`)).toEqual([]);
    expect(labels(`${head}spec:\n  selector: { $0\n`)).toEqual([]);
    expect(labels('apiVersion: v1\nkind: Foo\nspec:\n  $0')).toEqual([]);
  });
});

describe('values', () => {
  test('[L35] of a field that takes few', () => expect(labels(`${head}spec:\n  strategy:\n    type: $0`)).toEqual(['Recreate', 'RollingUpdate']));
  test('[L35] true and false', () => expect(labels(`${head}spec:\n  paused: $0`)).toEqual(['true', 'false']));
  test('[L36] kinds of the version', () =>
    expect(labels('apiVersion: apps/v1\nkind: $0')).toEqual(['ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet']));
  test('[L36] versions of the kind', () => expect(labels('apiVersion: $0\nkind: Deployment')).toEqual(['apps/v1']));
  test('[L37] faults', () => {
    expect(labels('apiVersion: v1\nkind: Pod\nmetadata:\n  annotations:\n    drydock.dev/fault: $0')).toEqual([
      'image-pull',
      'crash',
      'not-ready',
      'fail',
      'oom',
    ]);
    expect(labels('apiVersion: v1\nkind: Pod\nmetadata:\n  annotations:\n    drydock.dev/fault: oom\n    $0')).toContain('drydock.dev/ready-after');
  });
});
