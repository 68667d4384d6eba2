// The tree of a CEL expression. `at`: where it begins in the text.

export type Expression =
  | { readonly is: 'literal'; readonly at: number; readonly value: Literal }
  | { readonly is: 'name'; readonly at: number; readonly name: string }
  | { readonly is: 'select'; readonly at: number; readonly from: Expression; readonly field: string; readonly optional: boolean }
  | { readonly is: 'has'; readonly at: number; readonly from: Expression; readonly field: string }
  | { readonly is: 'call'; readonly at: number; readonly target?: Expression; readonly name: string; readonly args: readonly Expression[] }
  | { readonly is: 'list'; readonly at: number; readonly items: readonly { readonly value: Expression; readonly optional: boolean }[] }
  | {
      readonly is: 'map';
      readonly at: number;
      readonly entries: readonly { readonly key: Expression; readonly value: Expression; readonly optional: boolean }[];
    }
  | Comprehension;

export type Literal = null | boolean | bigint | number | string | Uint8Array | { readonly uint: bigint };

/** `list.all(x, body)` and its like: `keep` chooses for map with three arguments, and for transformList and transformMap with four. */
export interface Comprehension {
  readonly is: 'comprehension';
  readonly at: number;
  readonly macro: 'all' | 'exists' | 'exists_one' | 'map' | 'filter' | 'optMap' | 'optFlatMap' | 'transformList' | 'transformMap';
  readonly over: Expression;
  /** With two names: index or key, and value. */
  readonly names: readonly string[];
  readonly keep?: Expression;
  readonly body: Expression;
}

/** What an expression is made of. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.is) {
    case 'select':
    case 'has':
      return [expression.from];
    case 'call':
      return expression.target ? [expression.target, ...expression.args] : expression.args;
    case 'list':
      return expression.items.map(({ value }) => value);
    case 'map':
      return expression.entries.flatMap(({ key, value }) => [key, value]);
    case 'comprehension':
      return [expression.over, ...(expression.keep ? [expression.keep] : []), expression.body];
    default:
      return [];
  }
}

/** What is wrong with an expression, and where. */
export interface Issue {
  readonly at: number;
  readonly message: string;
}

/** `ERROR: <input>:1:6: undefined field 'foo'\n | self.foo\n | .....^` */
export function issueText(text: string, { at, message }: Issue): string {
  const before = text.slice(0, at).split('\n');
  const line = text.split('\n')[before.length - 1] ?? '';
  const column = [...before.at(-1)!].length;
  return `ERROR: <input>:${before.length}:${column + 1}: ${message}\n | ${line}\n | ${'.'.repeat(column)}^`;
}
