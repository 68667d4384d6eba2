import { expect, test } from 'vitest';
import { declaredMilliCores, faultAnnotationErrors, nodeFault, podFaults, usual } from '../../server/src/kube/fault-annotations.ts';

test('a pod without annotations is ready after 1 s, gone after 500 ms, and its Job runs 1 s', () => {
  expect(podFaults(undefined)).toEqual({ readyAfterMs: undefined, readyApartMs: 0, stopAfterMs: 500, runForMs: undefined });
  expect(usual).toEqual({ readyAfterMs: 1000, stopAfterMs: 500, runForMs: 1000 });
});

test('annotations declare the rest', () => {
  const declared = {
    'drydock.dev/ready-after': '1m30s',
    'drydock.dev/ready-apart': '500ms',
    'drydock.dev/stop-after': '0s',
    'drydock.dev/run-for': '1h',
    'drydock.dev/fault': 'oom',
    app: 'web',
  };
  expect(podFaults(declared)).toEqual({ readyAfterMs: 90_000, readyApartMs: 500, stopAfterMs: 0, runForMs: 3_600_000, fault: 'oom' });
  expect(nodeFault({ 'drydock.dev/fault': 'down' })).toBe('down');
});

test('what makes no sense counts as absent and is reported', () => {
  const wrong = { 'drydock.dev/ready-after': 'soon', 'drydock.dev/stop-after': '-1s', 'drydock.dev/fault': 'down', 'drydock.dev/faults': 'crash', app: 'soon' };
  expect(podFaults(wrong)).toEqual(podFaults(undefined));
  expect(faultAnnotationErrors(wrong, 'Pod').map(({ name, value, detail }) => `${name} ${value}: ${detail}`)).toEqual([
    'drydock.dev/ready-after soon: must be a duration such as 2s, 500ms or 1m30s, not negative',
    'drydock.dev/stop-after -1s: must be a duration such as 2s, 500ms or 1m30s, not negative',
    'drydock.dev/fault down: must be one of: image-pull, crash, not-ready, fail, oom',
    'drydock.dev/faults crash: must be an annotation that Drydock knows on a Pod: drydock.dev/ready-after, drydock.dev/ready-apart, drydock.dev/stop-after, drydock.dev/run-for, drydock.dev/cpu, drydock.dev/fault',
  ]);
  expect(nodeFault({ 'drydock.dev/fault': 'oom' })).toBe(undefined);
  expect(faultAnnotationErrors({ 'drydock.dev/fault': 'oom' }, 'Node')).toHaveLength(1);
});

test('the load of the CPU is a quantity', () => {
  const errors = (value: string) => faultAnnotationErrors({ 'drydock.dev/cpu': value }, 'Pod').map(({ detail }) => detail);
  const declared = (value: string) => declaredMilliCores({ 'drydock.dev/cpu': value });
  expect([declared('250m'), declared('1.5'), declared('0'), declaredMilliCores(undefined)]).toEqual([250, 1_500, 0, undefined]);
  expect([errors('250m'), errors('0')]).toEqual([[], []]);
  for (const wrong of ['-1', 'much', ''])
    expect([declared(wrong), errors(wrong)]).toEqual([undefined, ['must be a quantity such as 250m or 1.5, not negative']]);
});
