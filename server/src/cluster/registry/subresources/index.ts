// The table of subresources. A new one is a file here and a line in `subresources`.
import type { Status } from '../../../kube/status.ts';
import type { KindInfo } from '../../../schema/kinds.ts';
import { methodNotAllowed, noSuchResource } from '../answers.ts';
import type { Verb } from '../request.ts';
import type { VerbHandler } from '../verbs/handler.ts';
import { getApproval, patchApproval, updateApproval } from './approval.ts';
import { createBinding } from './binding.ts';
import { createEviction } from './eviction.ts';
import { finalizeNamespace } from './finalize.ts';
import { getScale, patchScale, updateScale } from './scale.ts';
import { ephemeralContainersHandlers, resizeHandlers } from './pod-parts.ts';
import { createToken } from './token.ts';
import { getStatus, patchStatus, updateStatus } from './status.ts';

type Handlers = Readonly<Partial<Record<Verb, VerbHandler>>>;

const subresources: Readonly<Record<string, Handlers>> = {
  approval: { get: getApproval, update: updateApproval, patch: patchApproval },
  binding: { create: createBinding },
  ephemeralcontainers: ephemeralContainersHandlers,
  eviction: { create: createEviction },
  finalize: { update: finalizeNamespace },
  resize: resizeHandlers,
  scale: { get: getScale, update: updateScale, patch: patchScale },
  token: { create: createToken },
  status: { get: getStatus, update: updateStatus, patch: patchStatus },
};

/** The handler of a kind's subresource for a verb, or why there is none. */
export function subresourceOf(info: KindInfo, name: string, verb: Verb): VerbHandler | Status {
  const declared = info.subresources.find((one) => one.name === name);
  if (!declared) return noSuchResource();
  return subresources[name]?.[verb] ?? methodNotAllowed();
}
