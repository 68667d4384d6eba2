// The flags of a command, in pflag's grammar: --name=value, --name value, -n value, -nvalue, -abc for switches, and -- before plain arguments.

/** A flag's kind decides how its value is read. `short`: its letter. */
export type Flag =
  | { readonly is: 'text'; readonly short?: string; readonly default: string; /** Its value when given without one: `--dry-run`. */ readonly bare?: string }
  | { readonly is: 'switch'; readonly short?: string; readonly default: boolean }
  | { readonly is: 'number'; readonly short?: string; readonly default: number }
  /** May be given several times. `split`: a comma separates values too. */
  | { readonly is: 'list'; readonly short?: string; readonly split: boolean };

export type Flags = Readonly<Record<string, Flag>>;

export type Values<F extends Flags> = {
  readonly [Name in keyof F]: F[Name]['is'] extends 'text'
    ? string
    : F[Name]['is'] extends 'switch'
      ? boolean
      : F[Name]['is'] extends 'number'
        ? number
        : readonly string[];
};

export interface Arguments<F extends Flags> {
  readonly flags: Values<F>;
  /** The names of the flags that were given. */
  readonly given: ReadonlySet<string>;
  /** Everything that is no flag. */
  readonly words: readonly string[];
  /** How many of the words stood before `--`. */
  readonly wordsBeforeDash: number;
  /** The flags as given, in full form and order: `--filename=a.yaml --record=true`. What --record notes down. */
  readonly spelled: readonly string[];
}

export const text = <const S extends string>(short?: S, fallback = '', bare?: string) =>
  ({ is: 'text', ...(short && { short }), default: fallback, ...(bare !== undefined && { bare }) }) as const;
export const flag = (fallback = false, short?: string) => ({ is: 'switch', ...(short && { short }), default: fallback }) as const;
export const number = (fallback: number, short?: string) => ({ is: 'number', ...(short && { short }), default: fallback }) as const;
export const list = (short?: string, split = true) => ({ is: 'list', ...(short && { short }), split }) as const;

/** Reads a command line. The error is pflag's. */
export function parseFlags<F extends Flags>(known: F, line: readonly string[]): Arguments<F> | { readonly error: string } {
  return new Reader(known, line).read() as Arguments<F> | { readonly error: string };
}

class Reader {
  readonly #known: Flags;
  readonly #line: readonly string[];
  readonly #values: Record<string, string | boolean | number | string[]> = {};
  readonly #given = new Set<string>();
  readonly #words: string[] = [];
  readonly #spelled: string[] = [];
  #at = 0;

  constructor(known: Flags, line: readonly string[]) {
    this.#known = known;
    this.#line = line;
    for (const [name, definition] of Object.entries(known)) this.#values[name] = definition.is === 'list' ? [] : definition.default;
  }

  read(): Arguments<Flags> | { readonly error: string } {
    let wordsBeforeDash = -1;
    while (this.#at < this.#line.length) {
      const argument = this.#line[this.#at++]!;
      if (argument === '--') {
        wordsBeforeDash = this.#words.length;
        this.#words.push(...this.#line.slice(this.#at));
        break;
      }
      if (argument === '-' || !argument.startsWith('-')) {
        this.#words.push(argument);
        continue;
      }
      const error = argument.startsWith('--') ? this.#long(argument) : this.#letters(argument);
      if (error !== undefined) return { error };
    }
    return {
      flags: this.#values as Values<Flags>,
      given: this.#given,
      words: this.#words,
      wordsBeforeDash: wordsBeforeDash < 0 ? this.#words.length : wordsBeforeDash,
      spelled: this.#spelled,
    };
  }

  #long(argument: string): string | undefined {
    const equals = argument.indexOf('=');
    const name = argument.slice(2, equals < 0 ? undefined : equals);
    const definition = Object.hasOwn(this.#known, name) ? this.#known[name] : undefined;
    if (!definition) return `unknown flag: --${name}`;
    if (equals >= 0) return this.#set(name, definition, argument.slice(equals + 1), `--${name}`);
    const bare = bareValue(definition);
    if (bare !== undefined) return this.#set(name, definition, bare, `--${name}`);
    if (this.#at >= this.#line.length) return `flag needs an argument: --${name}`;
    return this.#set(name, definition, this.#line[this.#at++]!, `--${name}`);
  }

  /** '-Aowide' is -A -o wide. */
  #letters(argument: string): string | undefined {
    for (let letters = argument.slice(1); letters !== '';) {
      const letter = letters[0]!;
      const rest = letters.slice(1);
      const found = Object.entries(this.#known).find(([, { short }]) => short === letter);
      if (!found) return `unknown shorthand flag: '${letter}' in ${argument}`;
      const [name, definition] = found;
      const shown = `-${letter}, --${name}`;
      if (rest.startsWith('=')) return this.#set(name, definition, rest.slice(1), shown);
      const bare = bareValue(definition);
      if (bare !== undefined) {
        const error = this.#set(name, definition, bare, shown);
        if (error !== undefined) return error;
        letters = rest;
        continue;
      }
      if (rest !== '') return this.#set(name, definition, rest, shown);
      if (this.#at >= this.#line.length) return `flag needs an argument: '${letter}' in ${argument}`;
      return this.#set(name, definition, this.#line[this.#at++]!, shown);
    }
    return undefined;
  }

  #set(name: string, definition: Flag, value: string, shown: string): string | undefined {
    this.#given.add(name);
    this.#spelled.push(`--${name}=${value}`);
    switch (definition.is) {
      case 'text':
        this.#values[name] = value;
        return undefined;
      case 'list':
        (this.#values[name] as string[]).push(...(definition.split ? value.split(',') : [value]));
        return undefined;
      case 'switch': {
        const read = booleans[value.toLowerCase()];
        if (read === undefined) return `invalid argument "${value}" for "${shown}" flag: strconv.ParseBool: parsing "${value}": invalid syntax`;
        this.#values[name] = read;
        return undefined;
      }
      case 'number': {
        if (!/^[-+]?\d+$/.test(value)) return `invalid argument "${value}" for "${shown}" flag: strconv.ParseInt: parsing "${value}": invalid syntax`;
        this.#values[name] = Number(value);
        return undefined;
      }
    }
  }
}

const bareValue = (definition: Flag): string | undefined => (definition.is === 'switch' ? 'true' : definition.is === 'text' ? definition.bare : undefined);

const booleans: Readonly<Record<string, boolean>> = { true: true, t: true, 1: true, false: false, f: false, 0: false };
