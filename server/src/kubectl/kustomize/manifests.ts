// -f and -k: what a command is given, files or a kustomization, as its objects.
import type { KubeObject } from '../../kube/object.ts';
import { manifestOf, readManifests, type Manifest } from '../manifests.ts';
import { isProblem, type Problem } from '../problem.ts';
import type { Session } from '../session.ts';
import { build } from './build.ts';
import { inOrder } from './order.ts';

interface Given {
  readonly filename: readonly string[];
  readonly recursive: boolean;
  /** Empty when it was not given. */
  readonly kustomize: string;
}

interface Read {
  readonly manifests: readonly Manifest[];
  readonly problems: readonly Problem[];
}

/** `validate`: refuse an object without apiVersion or kind in the words of --validate. */
export function givenManifests({ filename, recursive, kustomize }: Given, session: Session, validate = true): Read | Problem {
  return kustomize === '' ? readManifests(filename, session, { recursive, validate }) : manifestsOf(kustomize, session);
}

function manifestsOf(folder: string, session: Session): Read | Problem {
  const built = build(folder, session.environment.files);
  if (isProblem(built)) return built;
  const results = inOrder(built).map((object: KubeObject) => manifestOf(object, folder, session, {}));
  return { manifests: results.filter((result) => 'object' in result), problems: results.filter(isProblem) };
}
