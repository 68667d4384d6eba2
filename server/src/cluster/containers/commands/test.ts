// test, [: conditions about texts, numbers and files.
import type { FileSystem } from '../files/file-system.ts';

/** 0: true, 1: false, 2: not understood. */
export function test(args: readonly string[], files: FileSystem, cwd: string, complain: (text: string) => void): number {
  const closing = args.at(-1);
  const words = closing === ']' || closing === ']]' ? args.slice(0, -1) : args;
  const value = any(words, files, cwd);
  if (value === undefined) {
    complain(`${words.find((word) => /^-?\w+$/.test(word)) ?? words[0] ?? ''}: unknown operand`);
    return 2;
  }
  return value ? 0 : 1;
}

type Verdict = boolean | undefined;

function any(words: readonly string[], files: FileSystem, cwd: string): Verdict {
  for (const [word, both] of [
    ['-o', false],
    ['||', false],
    ['-a', true],
    ['&&', true],
  ] as const) {
    const at = words.indexOf(word, 1);
    if (at < 0 || at === words.length - 1) continue;
    const [left, right] = [any(words.slice(0, at), files, cwd), any(words.slice(at + 1), files, cwd)];
    if (left === undefined || right === undefined) return undefined;
    return both ? left && right : left || right;
  }
  return one(words, files, cwd);
}

function one(words: readonly string[], files: FileSystem, cwd: string): Verdict {
  const [first = '', second = '', third = ''] = words;
  if (words.length === 0) return false;
  if (first === '!' && words.length > 1) {
    const inner = one(words.slice(1), files, cwd);
    return inner === undefined ? undefined : !inner;
  }
  if (words.length === 1) return first !== '';
  if (words.length === 2) return unary(first, second, files, cwd);
  return words.length === 3 ? binary(first, second, third) : undefined;
}

function unary(operator: string, operand: string, files: FileSystem, cwd: string): Verdict {
  const kind = () => files.kindOf(files.resolve(cwd, operand));
  switch (operator) {
    case '-n':
      return operand !== '';
    case '-z':
      return operand === '';
    case '-e':
    case '-r':
    case '-w':
      return kind() !== undefined;
    case '-f':
      return kind() === 'file';
    case '-d':
      return kind() === 'folder';
    case '-x':
      return kind() === 'folder' || files.find(operand) !== undefined;
    case '-L':
    case '-h':
      return false;
    case '-t':
      return false;
    case '-s': {
      const content = files.read(files.resolve(cwd, operand));
      return 'bytes' in content && content.bytes !== '';
    }
    default:
      return undefined;
  }
}

function binary(left: string, operator: string, right: string): Verdict {
  if (operator === '=' || operator === '==') return left === right;
  if (operator === '!=') return left !== right;
  const [a, b] = [Number(left), Number(right)];
  if (!/^-(?:eq|ne|lt|le|gt|ge)$/.test(operator) || Number.isNaN(a) || Number.isNaN(b)) return undefined;
  switch (operator) {
    case '-eq':
      return a === b;
    case '-ne':
      return a !== b;
    case '-lt':
      return a < b;
    case '-le':
      return a <= b;
    case '-gt':
      return a > b;
    default:
      return a >= b;
  }
}
