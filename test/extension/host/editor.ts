// What the tests do in the editor.
import assert from 'node:assert/strict';
import type { CodeLens, Diagnostic, Hover, TextDocument } from 'vscode';
import { Position, Range, Uri, WorkspaceEdit, commands, languages, window, workspace } from 'vscode';

const folder = (): Uri => workspace.workspaceFolders![0]!.uri;

export const fileUri = (name: string): Uri => Uri.joinPath(folder(), name);

/** Asks again until the answer is there: everything comes later, and on a busy machine much later. */
export async function until<T>(ask: () => T | undefined | false | null | Promise<T | undefined | false | null>, what: string): Promise<T> {
  for (const deadline = Date.now() + 40_000; ; await new Promise((done) => setTimeout(done, 50))) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`);
  }
}

export async function write(name: string, text: string): Promise<TextDocument> {
  await workspace.fs.writeFile(fileUri(name), new TextEncoder().encode(text));
  const document = await workspace.openTextDocument(fileUri(name));
  await window.showTextDocument(document);
  return document;
}

export async function open(name: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(fileUri(name));
  await window.showTextDocument(document);
  return document;
}

/** Puts `after` in the place of the only `before`. */
export async function replace(document: TextDocument, before: string, after: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, rangeOf(document, before), after);
  assert.ok(await workspace.applyEdit(edit));
}

/** Save means apply, also when nothing was typed. */
export async function save(document: TextDocument): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.insert(document.uri, document.lineAt(document.lineCount - 1).range.end, '\n');
  if (!document.isDirty) assert.ok(await workspace.applyEdit(edit));
  assert.ok(await document.save());
}

export function rangeOf(document: TextDocument, text: string): Range {
  const at = document.getText().indexOf(text);
  assert.ok(at >= 0 && at === document.getText().lastIndexOf(text), `exactly one ${JSON.stringify(text)}`);
  return new Range(document.positionAt(at), document.positionAt(at + text.length));
}

export const diagnostics = (document: TextDocument): readonly Diagnostic[] =>
  languages.getDiagnostics(document.uri).filter(({ source }) => source === 'drydock');

export async function hoverText(document: TextDocument, position: Position): Promise<string> {
  const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, position);
  return hovers.flatMap(({ contents }) => contents.map((content) => (typeof content === 'string' ? content : content.value))).join('\n');
}

/** The titles of the lenses above the Deployment. */
export async function lenses(document: TextDocument): Promise<readonly string[]> {
  const found = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
  return found.flatMap(({ command }) => command?.title ?? []);
}

export const lens = (document: TextDocument, title: string): Promise<true> =>
  until(async () => (await lenses(document)).includes(title), `a lens that says "${title}"`);

/** The object as the cluster has it. */
export async function manifest(id: string): Promise<string> {
  await commands.executeCommand('drydock.showManifest', id);
  const document = window.activeTextEditor?.document;
  assert.equal(document?.uri.scheme, 'drydock');
  assert.equal(document?.languageId, 'yaml');
  return document!.getText();
}
