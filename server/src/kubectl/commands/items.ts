// The objects of a kind that a selector asks for.
import type { KubeObject } from '../../kube/object.ts';
import type { KindInfo } from '../../schema/kinds.ts';
import { isProblem, refusal, type Problem } from '../problem.ts';
import type { Session } from '../session.ts';

export interface Item {
  readonly kind: KindInfo;
  readonly object: KubeObject;
}

interface Selectors {
  readonly 'all-namespaces'?: boolean;
  readonly selector?: string;
  readonly 'field-selector'?: string;
}

export interface Items {
  readonly items: readonly Item[];
  /** Where a watch goes on from. */
  readonly version: string;
}

export function itemsOf(kind: KindInfo, flags: Selectors, session: Session): Items | Problem {
  const { selector = '', 'field-selector': fieldSelector = '' } = flags;
  const list = session.list(kind, flags['all-namespaces'] ? undefined : session.namespace, {
    ...(selector !== '' && { labelSelector: selector }),
    ...(fieldSelector !== '' && { fieldSelector }),
  });
  if (isProblem(list)) return enhanced(list, kind, selector, fieldSelector);
  return { items: list.items.map((object) => ({ kind, object })), version: list.metadata.resourceVersion };
}

/** The client says what it had asked for when a selector was refused. */
function enhanced(cause: Problem, kind: KindInfo, selector: string, fieldSelector: string): Problem {
  if (cause.status?.reason !== 'BadRequest' && cause.status?.reason !== 'NotFound') return cause;
  const listed = `"${kind.group}/${kind.version}, Resource=${kind.resource}"`;
  if (selector === '' && fieldSelector === '') return refusal(cause.status, `Unable to list ${listed}`);
  const what = `Unable to find ${listed} that match label selector "${selector}", field selector "${fieldSelector}"`;
  return refusal(cause.status, what);
}
