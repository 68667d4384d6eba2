// DefaultTolerationSeconds: a pod stays five minutes on a node that is not ready or unreachable, unless it says otherwise.
import type { KubeObject } from '../../../kube/object.ts';
import type { Pod, Toleration } from '../../../schema/generated/types.ts';
import type { RegistryContext } from '../context.ts';
import type { Strategy } from '../strategy.ts';

const toleration = (key: string): Toleration => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 });
const notReady = toleration('node.kubernetes.io/not-ready');
const unreachable = toleration('node.kubernetes.io/unreachable');

export function admitDefaultTolerations(_context: RegistryContext, { resource }: Strategy, object: KubeObject): KubeObject {
  if (resource !== 'pods') return object;
  const pod = object as Pod;
  const given = pod.spec.tolerations ?? [];
  const missing = [notReady, unreachable].filter(({ key }) => !given.some((one) => tolerates(one, key!)));
  if (missing.length === 0) return pod;
  const admitted: Pod = { ...pod, spec: { ...pod.spec, tolerations: [...given, ...missing] } };
  return admitted;
}

/** An empty key or effect stands for every one. */
const tolerates = ({ key, effect }: Toleration, taint: string) => (!key || key === taint) && (!effect || effect === 'NoExecute');
