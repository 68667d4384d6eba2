// --validate: what the server shall do about fields that it does not know.
import { quote } from '../../kube/quote.ts';
import { problem, type Problem } from '../problem.ts';

/** 'strict' and 'true' refuse unknown fields, 'warn' tells about them, 'ignore' and 'false' do not care. */
export function validationOf(value: string): 'Strict' | 'Warn' | 'Ignore' | Problem {
  switch (value) {
    case 'true':
    case 'strict':
      return 'Strict';
    case 'warn':
      return 'Warn';
    case 'false':
    case 'ignore':
      return 'Ignore';
    default:
      return problem(`invalid - validate option ${quote(value)}; must be one of: strict (or true), warn, ignore (or false)`);
  }
}
