// The flags of kubectl get.
import { flag, list, number, text, type Values } from '../flags.ts';
import { fileFlags } from '../targets.ts';

export const getFlags = {
  output: text('o'),
  'all-namespaces': flag(false, 'A'),
  selector: text('l'),
  'field-selector': text(),
  ...fileFlags,
  watch: flag(false, 'w'),
  'watch-only': flag(),
  'no-headers': flag(),
  'show-labels': flag(),
  'show-kind': flag(),
  'label-columns': list('L'),
  'sort-by': text(),
  'ignore-not-found': flag(),
  'show-managed-fields': flag(),
  'chunk-size': number(500),
  template: text(),
  'allow-missing-template-keys': flag(true),
  'output-watch-events': flag(),
  'server-print': flag(true),
  raw: text(),
  subresource: text(),
} as const;

export type GetFlags = Values<typeof getFlags>;
