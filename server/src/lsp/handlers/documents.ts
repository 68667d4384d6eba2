// textDocument/didOpen, didChange, didClose: the language service follows, and says at once what it finds.
import type { Session } from '../session.ts';

export function registerDocuments({ connection, language, board }: Session): void {
  connection.onDidOpenTextDocument(({ textDocument: { uri, text } }) => {
    language.open(uri, text);
    board.publish(uri);
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri }, contentChanges }) => {
    language.change(uri, contentChanges);
    board.forgetRefusals(uri);
    board.publish(uri);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    language.close(uri);
    board.clear(uri);
  });
}
