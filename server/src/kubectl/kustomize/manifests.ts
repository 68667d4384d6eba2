// -k: a kustomization as the objects of a command.
import type { KubeObject } from '../../kube/object.ts';
import { manifestOf, type Manifest } from '../manifests.ts';
import { isProblem, type Problem } from '../problem.ts';
import type { Session } from '../session.ts';
import { build } from './build.ts';
import { inOrder } from './order.ts';

export function manifestsOf(folder: string, session: Session): { readonly manifests: readonly Manifest[]; readonly problems: readonly Problem[] } | Problem {
  const built = build(folder, session.environment.files);
  if (isProblem(built)) return built;
  const results = inOrder(built).map((object: KubeObject) => manifestOf(object, folder, session, {}));
  return { manifests: results.filter((result) => 'object' in result), problems: results.filter(isProblem) };
}
