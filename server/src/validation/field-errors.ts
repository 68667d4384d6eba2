// The list that rules write their findings to, in the order in which the server finds them.
// Invariant: a rule only appends; it never reads what other rules found (`count` says whether its own sub-rules found anything).
import type { FieldError, FieldErrorType } from '../kube/field-error.ts';
import { quote } from '../kube/quote.ts';
import type { Path } from './path.ts';

/** A rule: looks at a value and writes down what is wrong with it. */
export type Rule<T> = (value: T, at: Path, errors: FieldErrors) => void;

export class FieldErrors {
  readonly list: FieldError[] = [];

  get count(): number {
    return this.list.length;
  }

  required(at: Path, detail = ''): void {
    this.add('FieldValueRequired', at, undefined, detail);
  }

  invalid(at: Path, badValue: unknown, detail: string): void {
    this.add('FieldValueInvalid', at, badValue, detail);
  }

  /** One finding for each text that a check of kube/names.ts returned. */
  invalidEach(at: Path, badValue: unknown, details: readonly string[]): void {
    for (const detail of details) this.invalid(at, badValue, detail);
  }

  /** `supported` in the order in which the server prints them: some of its lists are sorted, some are not. */
  notSupported(at: Path, badValue: unknown, supported: readonly string[]): void {
    this.add('FieldValueNotSupported', at, badValue === undefined ? '' : badValue, `supported values: ${supported.map(quote).join(', ')}`);
  }

  duplicate(at: Path, badValue: unknown, detail = ''): void {
    this.add('FieldValueDuplicate', at, badValue, detail);
  }

  forbidden(at: Path | '', detail: string): void {
    this.add('FieldValueForbidden', at, undefined, detail);
  }

  notFound(at: Path, badValue: unknown, detail = ''): void {
    this.add('FieldValueNotFound', at, badValue, detail);
  }

  tooLong(at: Path | '', maxBytes: number): void {
    this.add('FieldValueTooLong', at, undefined, `may not be more than ${maxBytes} bytes`);
  }

  tooMany(at: Path, count: number, max: number): void {
    this.add('FieldValueTooMany', at, count, `must have at most ${max} item${max === 1 ? '' : 's'}`);
  }

  internal(at: Path, detail: string): void {
    this.add('InternalError', at, undefined, detail);
  }

  private add(type: FieldErrorType, at: Path | '', badValue: unknown, detail: string): void {
    this.list.push(badValue === undefined ? { type, path: at.toString(), detail } : { type, path: at.toString(), badValue, detail });
  }
}

/** Runs rules on a fresh list. */
export function findings(run: (errors: FieldErrors) => void): readonly FieldError[] {
  const errors = new FieldErrors();
  run(errors);
  return errors.list;
}
