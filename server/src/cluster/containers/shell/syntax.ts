// The shell's language as a tree: what the parser makes and the interpreter walks. A part of POSIX sh: lists, pipelines, redirections,
// quotes, parameters, command substitution, arithmetic, if, while, until, for, case, functions, groups. Absent: job control, traps, aliases.

export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  /** $NAME, ${NAME}, ${NAME:-word} and its sisters. */
  | { readonly kind: 'parameter'; readonly name: string; readonly operator: string; readonly word: Word | undefined; readonly quoted: boolean }
  | { readonly kind: 'command'; readonly list: List; readonly quoted: boolean }
  | { readonly kind: 'arithmetic'; readonly expression: Word; readonly quoted: boolean };

export type Word = readonly Part[];

export interface Redirection {
  readonly fd: number;
  readonly operator: '<' | '>' | '>>' | '>&' | '<&' | '<<';
  /** File, or file descriptor, or the text of a here-document. */
  readonly target: Word;
}

export type Command =
  | {
      readonly kind: 'simple';
      readonly assignments: readonly (readonly [string, Word])[];
      readonly words: readonly Word[];
      readonly redirections: readonly Redirection[];
    }
  | { readonly kind: 'group'; readonly list: List; readonly subshell: boolean; readonly redirections: readonly Redirection[] }
  | {
      readonly kind: 'if';
      readonly branches: readonly { readonly condition: List; readonly body: List }[];
      readonly otherwise: List | undefined;
      readonly redirections: readonly Redirection[];
    }
  | { readonly kind: 'while'; readonly until: boolean; readonly condition: List; readonly body: List; readonly redirections: readonly Redirection[] }
  | {
      readonly kind: 'for';
      readonly name: string;
      readonly words: readonly Word[] | undefined;
      readonly body: List;
      readonly redirections: readonly Redirection[];
    }
  | {
      readonly kind: 'case';
      readonly word: Word;
      readonly branches: readonly { readonly patterns: readonly Word[]; readonly list: List }[];
      readonly redirections: readonly Redirection[];
    }
  | { readonly kind: 'function'; readonly name: string; readonly body: Command; readonly redirections: readonly Redirection[] };

export interface Pipeline {
  readonly negated: boolean;
  readonly commands: readonly Command[];
}

export interface ListItem {
  readonly pipeline: Pipeline;
  /** What stands between it and the one before. */
  readonly after: ';' | '&&' | '||';
  /** Followed by &. */
  readonly background: boolean;
}

export type List = readonly ListItem[];
