// Which namespaces to look at after a commit.
import { splitKey } from '../../../kube/resource.ts';
import type { Namespace } from '../../../schema/generated/types.ts';
import type { Commit } from '../../store/commit.ts';

/** The namespace that changed; none when it is gone. */
export const eachNamespace = ({ key, after }: Commit): readonly string[] => (after ? [key] : []);

/** The namespace of the object that changed or went. */
export const namespaceOf = ({ key }: Commit): readonly string[] => [splitKey(key).namespace!];

export const isLiving = ({ metadata }: Namespace): boolean => metadata.deletionTimestamp === undefined;
