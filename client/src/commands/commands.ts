import type { Disposable } from 'vscode';
import { commands } from 'vscode';

/** Command id → what it does. From a tree's menu the first argument is the node. */
export type CommandTable = Readonly<Record<string, (node?: unknown) => unknown>>;

export const register = (...tables: readonly CommandTable[]): Disposable[] =>
  tables.flatMap((table) => Object.entries(table).map(([id, run]) => commands.registerCommand(id, run)));
