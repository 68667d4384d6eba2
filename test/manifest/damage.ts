// Random damage for property tests: what a hand, a merge or a broken disk does to a text.
import * as fc from 'fast-check';

export const shards = [
  '\t',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  '{{ x }}',
  ':',
  ': ',
  '- ',
  '? ',
  '&a',
  '*a',
  '*b',
  '<<: *a\n',
  '!!int ',
  '|',
  '>',
  '|2\n',
  '#',
  '@',
  '`',
  '%',
  '\\',
  ',',
  '\0',
  '\uD83D',
  '\n',
  '\n\n',
  '\r',
  '---\n',
  '...',
  '__proto__: 1\n',
  'null',
  '-1',
  'yes',
  '1e400',
  'kind: Pod\n',
  'items:\n',
];

export type Step = readonly [where: number, how: string, length: number, shard: string];

/** Cut, repeat or insert at random places. */
export const damages = fc.array(
  fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom('cut', 'insert', 'repeat'), fc.nat(30), fc.constantFrom(...shards)),
  {
    minLength: 1,
    maxLength: 6,
  },
);

export function damage(text: string, steps: readonly Step[]): string {
  return steps.reduce((before, [where, how, length, shard]) => {
    const at = Math.floor(where * before.length);
    const rest = how === 'cut' ? before.slice(at + length) : before.slice(at);
    return before.slice(0, at) + (how === 'insert' ? shard : how === 'repeat' ? before.slice(at, at + length) : '') + rest;
  }, text);
}
