// Kinds on their way out: every request for one is answered with this warning, whatever it asks and whether it succeeds.
import type { KindInfo } from '../../schema/kinds.ts';

const texts: Readonly<Record<string, string>> = {
  'v1 ComponentStatus': 'v1 ComponentStatus is deprecated in v1.19+',
  'v1 Endpoints': 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
};

export function deprecationOf({ apiVersion, kind }: Pick<KindInfo, 'apiVersion' | 'kind'>): readonly string[] {
  const key = `${apiVersion} ${kind}`;
  return Object.hasOwn(texts, key) ? [texts[key] as string] : [];
}
