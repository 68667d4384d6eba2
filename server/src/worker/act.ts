// What the sidebar's buttons do, as the kubectl command that does it: one implementation, and one wording of every answer.
import { parseObjectId } from '../kube/resource.ts';
import type { Act } from '../protocol/methods.ts';

export function actArguments(act: Act): readonly string[] {
  const { group, kind, namespace, name } = parseObjectId(act.id);
  const target = `${kind.toLowerCase()}${group && `.${group}`}/${name}`;
  const where = namespace ? ['--namespace', namespace] : [];
  switch (act.do) {
    case 'scale':
      return ['scale', target, `--replicas=${act.replicas}`, ...where];
    case 'undo':
      return ['rollout', 'undo', target, `--to-revision=${act.revision}`, ...where];
    case 'delete':
      return ['delete', target, '--wait=false', ...where];
    default:
      return ['rollout', act.do, target, ...where];
  }
}
