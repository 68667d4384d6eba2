// DefaultTolerationSeconds: a pod stays five minutes on a node that is not ready or unreachable, unless it says otherwise.
// Updates too: who takes the tolerations away gets them back.
import type { Pod, Toleration } from '../../../schema/generated/types.ts';
import type { Admit } from './request.ts';

const toleration = (key: string): Toleration => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 });
const notReady = toleration('node.kubernetes.io/not-ready');
const unreachable = toleration('node.kubernetes.io/unreachable');

export const admitDefaultTolerations: Admit = (_context, { strategy: { resource }, object, write }) => {
  if (resource !== 'pods' || write.subresource !== undefined) return object;
  const pod = object as Pod;
  const given = pod.spec.tolerations ?? [];
  const missing = [notReady, unreachable].filter(({ key }) => !given.some((one) => tolerates(one, key!)));
  if (missing.length === 0) return pod;
  const admitted: Pod = { ...pod, spec: { ...pod.spec, tolerations: [...given, ...missing] } };
  return admitted;
};

/** An empty key or effect stands for every one. */
const tolerates = ({ key, effect }: Toleration, taint: string) => (!key || key === taint) && (!effect || effect === 'NoExecute');
