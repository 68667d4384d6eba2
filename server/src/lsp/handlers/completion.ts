// textDocument/completion: keys, values, kinds and versions from the schema.
import type { Session } from '../session.ts';
import { toLspCompletion } from '../translate.ts';

export function registerCompletion({ connection, language }: Session): void {
  connection.onCompletion(({ textDocument: { uri }, position }) => language.completions(uri, position).map(toLspCompletion));
}
