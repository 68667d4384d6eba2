// The one place where the language service's words become the protocol's.
import { DiagnosticSeverity, SymbolKind, type Diagnostic as LspDiagnostic, type DocumentSymbol as LspSymbol } from 'vscode-languageserver';
import type { Diagnostic, Severity } from '../language/diagnostic.ts';
import type { DocumentSymbol } from '../language/symbols.ts';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

const symbolKinds: Readonly<Record<DocumentSymbol['is'], SymbolKind>> = {
  object: SymbolKind.Object,
  map: SymbolKind.Namespace,
  list: SymbolKind.Array,
  value: SymbolKind.Field,
};

export function toLspDiagnostic(uri: string, { range, severity, code, message, related }: Diagnostic): LspDiagnostic {
  return {
    range,
    severity: severities[severity],
    source: 'drydock',
    code,
    message,
    ...(related && { relatedInformation: related.map((one) => ({ location: { uri, range: one.range }, message: one.message })) }),
  };
}

export function toLspSymbol({ name, detail, is, range, selection, children }: DocumentSymbol): LspSymbol {
  return { name, detail, kind: symbolKinds[is], range, selectionRange: selection, children: children.map(toLspSymbol) };
}
