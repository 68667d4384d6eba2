// What stands in the Problems panel for each file: what the text says, and what the cluster refused of it.
// Refusals speak of the text that was applied, so the next edit takes them away.
import type { Connection } from 'vscode-languageserver';
import type { Status } from '../kube/status.ts';
import type { Diagnostic } from '../language/diagnostic.ts';
import type { LanguageService } from '../language/language.ts';
import type { FileObject } from '../language/objects.ts';
import type { Range } from '../manifest/text.ts';
import { toLspDiagnostic } from './translate.ts';

export interface Refusal {
  readonly object: FileObject;
  readonly status: Status;
}

const isSame = (a: Range, b: Range) => a.start.line === b.start.line && a.start.character === b.start.character;

export class DiagnosticsBoard {
  readonly #connection: Connection;
  readonly #language: LanguageService;
  readonly #refused = new Map<string, readonly Diagnostic[]>();

  constructor(connection: Connection, language: LanguageService) {
    this.#connection = connection;
    this.#language = language;
  }

  publish(uri: string): void {
    const refused = this.#refused.get(uri) ?? [];
    // What the text only lets one guess (whether a kind is known) the cluster has answered.
    const inText = this.#language.diagnose(uri).filter((one) => !refused.some((other) => other.message === one.message && isSame(other.range, one.range)));
    const diagnostics = [...inText, ...refused];
    void this.#connection.sendDiagnostics({ uri, diagnostics: diagnostics.map((diagnostic) => toLspDiagnostic(uri, diagnostic)) });
  }

  showRefusals(uri: string, refusals: readonly Refusal[]): void {
    this.#refused.set(
      uri,
      refusals.flatMap(({ object, status }) => this.#language.diagnoseStatus(uri, object, status)),
    );
    this.publish(uri);
  }

  forgetRefusals(uri: string): void {
    this.#refused.delete(uri);
  }

  clear(uri: string): void {
    this.#refused.delete(uri);
    void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
  }
}
