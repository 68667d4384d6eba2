// textDocument/hover: what the field means; on the `kind` of an object that lives in the cluster, first how it is.
import { MarkupKind } from 'vscode-languageserver';
import type { Position } from '../../manifest/text.ts';
import { liveState } from '../live-state.ts';
import { idOf } from '../object-id.ts';
import type { Session } from '../session.ts';

export function registerHover(session: Session): void {
  const { connection, language } = session;
  connection.onHover(async ({ textDocument: { uri }, position }) => {
    const [live, hover] = await Promise.all([stateAt(session, uri, position), language.hover(uri, position)]);
    const parts = [live, hover?.text].filter((part) => part !== undefined);
    if (parts.length === 0) return null;
    return { contents: { kind: MarkupKind.Markdown, value: parts.join('\n\n---\n\n') }, ...(hover && { range: hover.range }) };
  });
}

async function stateAt({ language, cluster }: Session, uri: string, { line }: Position): Promise<string | undefined> {
  const object = language.objects(uri).find(({ kindRange, name }) => kindRange.start.line === line && name !== undefined);
  const row = object && (await cluster.request('row', { id: idOf(object) }).catch(() => null));
  return row ? liveState(row) : undefined;
}
