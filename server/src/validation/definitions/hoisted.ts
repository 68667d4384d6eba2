// Inside the server a definition says once what all its versions say: what is wrong with it is then found at the definition, and not at
// its versions (Convert_v1_CustomResourceDefinitionSpec_To_apiextensions_CustomResourceDefinitionSpec).
import { isEqual } from '../../kube/equal.ts';
import type { CustomResourceDefinitionVersion } from '../../schema/generated/types.ts';

/** What a version says for itself, and a definition for all its versions. */
export type Parts = Pick<CustomResourceDefinitionVersion, 'schema' | 'subresources' | 'additionalPrinterColumns' | 'selectableFields'>;

export interface Hoisted {
  readonly shared: Parts;
  readonly versions: readonly CustomResourceDefinitionVersion[];
}

const parts = ['schema', 'subresources', 'additionalPrinterColumns', 'selectableFields'] as const;

/** Nothing and an empty list are the same. */
const isSame = (a: Parts[keyof Parts], b: Parts[keyof Parts]) => isEqual(a ?? [], b ?? []);

export function hoisted(versions: readonly CustomResourceDefinitionVersion[]): Hoisted {
  const [first, ...others] = versions;
  if (!first) return { shared: {}, versions };
  const common = parts.filter((part) => others.every((version) => isSame(version[part], first[part])));
  const without = (version: CustomResourceDefinitionVersion) =>
    Object.fromEntries(Object.entries(version).filter(([name]) => !common.includes(name as keyof Parts))) as unknown as CustomResourceDefinitionVersion;
  const shared: Parts = Object.fromEntries(common.flatMap((part) => (first[part] === undefined ? [] : [[part, first[part]]])));
  return { shared, versions: versions.map(without) };
}
