// textDocument/documentSymbol: the objects of a file, for the outline.
import type { Session } from '../session.ts';
import { toLspSymbol } from '../translate.ts';

export function registerSymbols({ connection, language }: Session): void {
  connection.onDocumentSymbol(({ textDocument: { uri } }) => language.symbols(uri).map(toLspSymbol));
}
