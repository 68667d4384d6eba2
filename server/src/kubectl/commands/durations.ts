// --timeout and its like: Go's durations ('30s', '1m30s'); a plain number means seconds.
import { parseGoDuration } from '../../kube/duration.ts';
import { quote } from '../../kube/quote.ts';
import { problem, type Problem } from '../problem.ts';

/** Milliseconds. */
/** `command`: whose flag it is, for the error. */
export function durationOf(text: string, flag = 'timeout', command = ''): number | Problem {
  const parsed = /^-?\d+$/.test(text) ? { ms: Number(text) * 1000 } : parseGoDuration(text);
  return 'ms' in parsed
    ? parsed.ms
    : problem(
        `invalid argument ${quote(text)} for "--${flag}" flag: time: ${whyNot(text)}${
          command &&
          `
See 'kubectl ${command} --help' for usage.`
        }`,
      );
}

/** '1x' has a unit that there is not; 'x' is no duration at all. */
function whyNot(text: string): string {
  const unit = /^[-+]?[\d.]+([^\d.]+)/.exec(text)?.[1];
  return unit === undefined ? `invalid duration ${quote(text)}` : `unknown unit ${quote(unit)} in duration ${quote(text)}`;
}
