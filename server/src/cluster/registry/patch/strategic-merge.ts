export function strategicMerge(_original: unknown, _patch: unknown, _type: string): { result: unknown } | { error: string } {
  return { error: 'soon' };
}
