// --timeout and its like: Go's durations ('30s', '1m30s'); a plain number means seconds.
import { parseGoDuration } from '../../kube/duration.ts';
import { quote } from '../../kube/quote.ts';
import { problem, type Problem } from '../problem.ts';

/** Milliseconds. */
export function durationOf(text: string, flag = 'timeout'): number | Problem {
  const parsed = /^-?\d+$/.test(text) ? { ms: Number(text) * 1000 } : parseGoDuration(text);
  return 'ms' in parsed ? parsed.ms : problem(`invalid argument ${quote(text)} for "--${flag}" flag: time: invalid duration ${quote(text)}`);
}
