// The order in which pods are tried.
import { expect, test } from 'vitest';
import { backoffMs, SchedulingQueue } from '../../../server/src/cluster/scheduler/queue.ts';

const takeAll = (queue: SchedulingQueue) => {
  const keys: string[] = [];
  for (let pod = queue.take(); pod; pod = queue.take()) keys.push(pod.key);
  return keys;
};

test('by priority, then in order of arrival', () => {
  const queue = new SchedulingQueue();
  queue.add('a', 'a', 0);
  queue.add('b', 'b', 10);
  queue.add('c', 'c', 0);
  queue.add('d', 'd', 10);
  queue.add('a', 'a', 0);
  expect(takeAll(queue)).toEqual(['b', 'd', 'a', 'c']);
});

test('a pod that was removed is not tried', () => {
  const queue = new SchedulingQueue();
  queue.add('a', 'a', 0);
  queue.add('b', 'b', 0);
  queue.remove('a');
  expect(takeAll(queue)).toEqual(['b']);
});

test('a refused pod waits until it is activated', () => {
  const queue = new SchedulingQueue();
  queue.add('a', 'a', 0);
  queue.refused(queue.take()!, 1000, new Set(['NodeResourcesFit']));
  expect(takeAll(queue)).toEqual([]);
  expect([...queue.unschedulable.keys()]).toEqual(['a']);
  queue.activate('a', 60_000);
  expect(takeAll(queue)).toEqual(['a']);
});

test('a pod that is still backing off is tried after the others, whatever its priority', () => {
  const queue = new SchedulingQueue();
  queue.add('late', 'late', 100);
  queue.refused(queue.take()!, 1000, new Set());
  queue.add('other', 'other', 0);
  queue.activate('late', 1500);
  expect(takeAll(queue)).toEqual(['other', 'late']);
});

test('back-off: 1 s doubling to 10 s', () => expect([1, 2, 3, 4, 5, 6].map(backoffMs)).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000]));

test('a snapshot is a queue of its own', () => {
  const queue = new SchedulingQueue();
  queue.add('a', 'a', 0);
  queue.add('b', 'b', 5);
  const copy = new SchedulingQueue();
  copy.restore(queue.snapshot());
  expect(takeAll(queue)).toEqual(['b', 'a']);
  expect(takeAll(copy)).toEqual(['b', 'a']);
});
