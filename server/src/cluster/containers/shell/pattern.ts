// Patterns of the shell: * ? [a-z]. Matched without backtracking over all stars, so that no pattern takes long.

/** Whether the whole text matches. */
export function matches(pattern: string, text: string): boolean {
  let [p, t] = [0, 0];
  let [star, from] = [-1, 0];
  while (t < text.length) {
    const step = p < pattern.length && pattern[p] !== '*' ? one(pattern, p, text[t]!) : 0;
    if (pattern[p] === '*') [star, from] = [p++, t];
    else if (step > 0) [p, t] = [p + step, t + 1];
    else if (star >= 0) [p, t] = [star + 1, ++from];
    else return false;
  }
  while (pattern[p] === '*') p++;
  return p >= pattern.length;
}

/** How many characters of the pattern this character uses up; 0: it does not match. */
function one(pattern: string, at: number, character: string): number {
  if (pattern[at] === '?') return 1;
  if (pattern[at] === '\\') return pattern[at + 1] === character ? 2 : 0;
  const end = pattern[at] === '[' ? pattern.indexOf(']', at + 2) : -1;
  if (end < 0) return pattern[at] === character ? 1 : 0;
  const negated = pattern[at + 1] === '!' || pattern[at + 1] === '^';
  let found = false;
  for (let i = at + (negated ? 2 : 1); i < end; i++) {
    if (pattern[i + 1] === '-' && i + 2 < end) {
      found ||= character >= pattern[i]! && character <= pattern[i + 2]!;
      i += 2;
    } else found ||= pattern[i] === character;
  }
  return found === negated ? 0 : end - at + 1;
}

export const isPattern = (text: string): boolean => /[*?[]/.test(text);

/** A text as the pattern that matches it alone. */
export const literally = (text: string): string => text.replace(/[*?[\]\\]/g, String.raw`\$&`);
