// The one place where the language service's words become the protocol's.
import { CompletionItemKind, DiagnosticSeverity, SymbolKind } from 'vscode-languageserver';
import type { CompletionItem, Diagnostic as LspDiagnostic, DocumentSymbol as LspSymbol } from 'vscode-languageserver';
import type { Completion } from '../language/completion.ts';
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

const completionKinds: Readonly<Record<Completion['is'], CompletionItemKind>> = {
  field: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  kind: CompletionItemKind.Class,
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

export function toLspCompletion({ label, is, detail, insert, range, isPreferred }: Completion): CompletionItem {
  return { label, detail, kind: completionKinds[is], textEdit: { range, newText: insert }, sortText: `${isPreferred ? 0 : 1}${label}`, preselect: false };
}
