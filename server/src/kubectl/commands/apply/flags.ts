// What the parts of kubectl apply share.
import { recordFlags } from '../../change-cause.ts';
import { flag, list, number, text, type Values } from '../../flags.ts';
import { resultFlags } from '../../results.ts';

export const applyFlags = {
  filename: list('f'),
  kustomize: text('k'),
  recursive: flag(false, 'R'),
  validate: text(undefined, 'strict', 'strict'),
  force: flag(),
  overwrite: flag(true),
  'open-api-patch': flag(true),
  cascade: text(undefined, 'background', 'background'),
  'grace-period': number(-1),
  timeout: text(undefined, '0s'),
  wait: flag(),
  'server-side': flag(),
  'force-conflicts': flag(),
  'field-manager': text(undefined, 'kubectl-client-side-apply'),
  subresource: text(),
  selector: text('l'),
  all: flag(),
  prune: flag(),
  'prune-allowlist': list(undefined, false),
  ...recordFlags,
  ...resultFlags,
} as const;

export type ApplyFlags = Values<typeof applyFlags>;
