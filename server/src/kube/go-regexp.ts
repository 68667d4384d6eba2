// Regular expressions as Go knows them, on a port of RE2: the syntax, the words of its mistakes and what matches are Go's.
// Invariant: nothing goes back over the text, so that no expression takes longer than its size times the length of the text.
import { RE2JS } from 're2js';

export interface GoRegexp {
  /** Whether it matches anywhere. */
  test(text: string): boolean;
  /** The leftmost match; '' when there is none, as in Go. */
  find(text: string): string;
  /** Matches that do not overlap, at most `limit` of them; -1: all. */
  findAll(text: string, limit: number): readonly string[];
  /** The text with these matches replaced. `groups`: the whole match, then what its groups matched, if they did. */
  replace(text: string, replacement: (groups: readonly (string | undefined)[]) => string, limit: number): string;
}

/** Characters of a pattern. */
const maxLength = 10_000;
/** `a{1000}` is a thousand instructions; RE2 looks at each of them once for each character. */
const maxInstructions = 10_000;

const known = new Map<string, GoRegexp | { readonly error: string }>();
const mostKnown = 1_000;

/** The expression, or Go's words: 'error parsing regexp: missing closing ): `(`'. */
export function compileGoRegexp(pattern: string): GoRegexp | { readonly error: string } {
  let found = known.get(pattern);
  if (!found) {
    if (known.size >= mostKnown) known.clear();
    known.set(pattern, (found = compile(pattern)));
  }
  return found;
}

function compile(pattern: string): GoRegexp | { readonly error: string } {
  if (pattern.length > maxLength) return tooLarge(pattern);
  try {
    const expression = RE2JS.compile(pattern);
    if (expression.programSize() > maxInstructions) return tooLarge(pattern);
    const re2 = expression.re2();
    const placesIn = (text: string, limit: number) => (re2.findAllSubmatchIndex(text, limit) as readonly (readonly number[])[] | null) ?? [];
    return {
      replace: (text, replacement, limit) => replaced(text, placesIn(text, limit), replacement),
      test: (text) => expression.test(text),
      find: (text) => re2.find(text) as string,
      findAll: (text, limit) => (re2.findAll(text, limit) as readonly string[] | null) ?? [],
    };
  } catch (error) {
    return { error: inFull((error as Error).message, pattern) };
  }
}

/** `places`: of each match, from where to where it goes, and the same for each of its groups; -1 for a group that is not there. */
function replaced(text: string, places: readonly (readonly number[])[], replacement: (groups: readonly (string | undefined)[]) => string): string {
  let [result, end] = ['', 0];
  for (const place of places) {
    const groups = Array.from({ length: place.length / 2 }, (_, i) => (place[2 * i]! < 0 ? undefined : text.slice(place[2 * i], place[2 * i + 1])));
    result += text.slice(end, place[0]) + replacement(groups);
    end = place[1]!;
  }
  return result + text.slice(end);
}

const tooLarge = (pattern: string) => ({ error: `error parsing regexp: expression too large: \`${pattern}\`` });

/** Go ends every message with the part that is meant, even where that is nothing or the whole. */
function inFull(message: string, pattern: string): string {
  if (message.endsWith('`')) return message;
  return `${message}: \`${message.includes('trailing backslash') ? '' : pattern}\``;
}
