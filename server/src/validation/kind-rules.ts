// What the room says about one kind.
import type { FieldError } from '../kube/field-error.ts';
import type { KubeObject } from '../kube/object.ts';

/** All functions are pure, and expect objects as schema/decode.ts makes them; all but `defaults` expect them with their defaults. */
export interface KindRules<T extends KubeObject = KubeObject> {
  /** The object with everything filled in that the server fills in. Unchanged parts are shared; an object that has all is returned itself. */
  defaults(object: T): T;
  /**
   * A new object with its defaults as a dry run on a fresh cluster would complete it, with what the server hands out (addresses, ports), or
   * why it would not. For those who validate without a cluster; absent: nothing is handed out.
   */
  rehearse?(object: T): KubeObject | readonly FieldError[];
  /** What is wrong with a new object. */
  validate(object: T): readonly FieldError[];
  /** What is wrong with an object that is to replace another: everything, not only what `validate` does not say. */
  validateUpdate(next: T, before: T): readonly FieldError[];
  /** The same for a write of the status alone. Absent: the kind's status has no rules. */
  validateStatusUpdate?(next: T, before: T): readonly FieldError[];
  /** What the server lets pass but warns of; `before` is the object that is replaced, if any. Not asked for writes of the status. */
  warnings?(next: T, before?: T): readonly string[];
  /** The same for a write of the status alone. */
  statusWarnings?(next: T): readonly string[];
}

/** What a kind has to say for itself; the defaults come from a table (defaults/fillers.ts). */
export type RulesOf<T extends KubeObject> = Omit<KindRules<T>, 'defaults'>;

export const isFindings = (result: KubeObject | readonly FieldError[]): result is readonly FieldError[] => Array.isArray(result);
