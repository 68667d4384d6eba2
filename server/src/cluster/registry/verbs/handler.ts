// What the handlers of all verbs share.
import type { KubeObject } from '../../../kube/object.ts';
import type { Status } from '../../../kube/status.ts';
import type { RegistryContext, Write } from '../context.ts';
import type { ApiRequest, KubeList } from '../request.ts';
import type { Strategy } from '../strategy.ts';

/** A Status carries its own code. */
export type Answer = { readonly code: number; readonly body: KubeObject | KubeList } | Status;

export type VerbHandler = (context: RegistryContext, strategy: Strategy, request: ApiRequest, warnings: string[]) => Answer;

/** Manager of a client that names none: kube-apiserver takes the first word of its User-Agent, which nobody sends here. */
const unknownManager = 'unknown';

export function writeOf(context: RegistryContext, { options = {}, subresource, user }: ApiRequest, warnings: string[]): Write {
  const manager = options.fieldManager || unknownManager;
  return { cause: { by: manager, because: context.because() }, dryRun: options.dryRun ?? false, manager, subresource, warnings, user };
}
