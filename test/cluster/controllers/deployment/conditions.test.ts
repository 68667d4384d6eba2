// Cases from TestSetCondition and TestRemoveCondition (deployment_util_test.go) of Kubernetes 1.36.3, and what the comments there promise.
import { describe, expect, test } from 'vitest';
import { removeCondition, setCondition } from '../../../../server/src/cluster/controllers/deployment/conditions.ts';
import { at } from '../builders.ts';

const progressing = { type: 'Progressing', status: 'False', reason: 'ForSomeReason', lastTransitionTime: at(1), lastUpdateTime: at(1) };
const available = { type: 'Available', status: 'True', reason: 'AwesomeController', lastTransitionTime: at(1), lastUpdateTime: at(1) };

describe('[DO1] setting a condition', () => {
  test('the first', () => expect(setCondition([], available)).toEqual([available]));
  test('another goes to the end', () => expect(setCondition([progressing], available)).toEqual([progressing, available]));
  test('one that changes moves to the end', () => {
    const next = { ...progressing, status: 'True', reason: 'BecauseItIs', lastTransitionTime: at(9), lastUpdateTime: at(9) };
    expect(setCondition([progressing, available], next)).toEqual([available, next]);
  });
  test('the same status and reason change nothing, whatever the message', () => {
    const before = [progressing, available];
    expect(setCondition(before, { ...available, message: 'new words', lastUpdateTime: at(9) })).toBe(before);
  });
  test('the same status keeps its transition', () => {
    const next = { ...progressing, reason: 'Another', lastTransitionTime: at(9), lastUpdateTime: at(9) };
    expect(setCondition([progressing], next)).toEqual([{ ...next, lastTransitionTime: at(1) }]);
  });
});

describe('[DO2] removing a condition', () => {
  test('from none', () => expect(removeCondition([], 'Progressing')).toEqual([]));
  test('the only one', () => expect(removeCondition([progressing], 'Progressing')).toEqual([]));
  test('one that is not there: the same list', () => {
    const before = [progressing];
    expect(removeCondition(before, 'ReplicaFailure')).toBe(before);
  });
});
