// Command lines, read with node:util's parseArgs; what is wrong with one is said in a sentence.
import { parseArgs } from 'node:util';
import { UsageError } from './cli-command.ts';

interface Option {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
}

type Value<O extends Option> = O['type'] extends 'boolean' ? boolean : O['multiple'] extends true ? string[] : string;

export interface Read<O extends Readonly<Record<string, Option>>> {
  readonly values: { readonly [Name in keyof O]?: Value<O[Name]> };
  readonly positionals: readonly string[];
}

/** Like parseArgs, with positional arguments allowed and every mistake a UsageError. */
export function readOptions<const O extends Readonly<Record<string, Option>>>(args: readonly string[], options: O): Read<O> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true }) as Read<O>;
  } catch (error) {
    throw new UsageError((error as Error).message.split('. To specify')[0]!);
  }
}

/** A whole number of at least `least`. */
export function wholeNumber(text: string | undefined, name: string, fallback: number, least: number, most: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) throw new UsageError(`--${name} takes a whole number from ${least} to ${most}, not "${text}"`);
  return value;
}
