// What names the ControllerRevisions of a StatefulSet. (Those of a DaemonSet are named by its pod template hash.)
import type { JsonMap } from '../../registry/patch/json.ts';
import { goJson } from '../../../kube/go-json.ts';
import { fnv1, safeEncode } from './pod-template-hash.ts';

/** The data of a revision of a StatefulSet or DaemonSet: a strategic merge patch that brings this template back. */
export const revisionData = (template: object): JsonMap => ({ spec: { template: { ...template, $patch: 'replace' } } });

/** Of the text of the data, as Go writes it, and the count of collisions behind it: 'cbb68fb46'. */
export const revisionHash = (data: JsonMap, collisionCount: number): string => safeEncode(String(fnv1(goJson(data) + String(collisionCount))));
