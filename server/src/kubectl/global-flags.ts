// Flags that every command has. What only matters for a connection is taken and not used.
import { flag, list, text } from './flags.ts';

export const globalFlags = {
  namespace: text('n'),
  context: text(),
  as: text(),
  'as-group': list(undefined, false),
  'as-uid': text(),
  kubeconfig: text(),
  cluster: text(),
  user: text(),
  server: text('s'),
  token: text(),
  v: text('v'),
  'request-timeout': text(),
  'cache-dir': text(),
  'insecure-skip-tls-verify': flag(),
  'warnings-as-errors': flag(),
  help: flag(false, 'h'),
} as const;
