// textDocument/didOpen, didChange, didClose: the language service follows, and says at once what it finds.
import type { Session } from '../session.ts';

/** A large file is read in slices of this many milliseconds, so that other requests are answered between them. */
const sliceMs = 8;

export function registerDocuments(session: Session): void {
  const { connection, language, board } = session;
  connection.onDidOpenTextDocument(({ textDocument: { uri, text } }) => {
    language.open(uri, text);
    publish(session, uri);
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri }, contentChanges }) => {
    language.change(uri, contentChanges);
    board.forgetRefusals(uri);
    publish(session, uri);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    language.close(uri);
    board.clear(uri);
    publishOutdated(session);
  });
}

/** At once, unless much has to be read first; whatever is read then is the newest text. */
function publish(session: Session, uri: string): void {
  const deadline = performance.now() + sliceMs;
  if (!session.language.prepare(uri, () => performance.now() > deadline)) return void setImmediate(() => publish(session, uri));
  session.board.publish(uri);
  publishOutdated(session);
}

/** A CustomResourceDefinition says something new of the resources in other files. */
function publishOutdated(session: Session): void {
  for (const uri of session.language.takeOutdated()) publish(session, uri);
}
