// How much a container and a node use: made up from what is requested, a little different every quarter of a minute, the same in every run.
import { declaredMilliCores } from '../../kube/fault-annotations.ts';
import { milliUnitsOf, unitsOf } from '../../kube/quantity.ts';
import type { Container, Node, Pod } from '../../schema/generated/types.ts';
import { hexOf } from '../kubelet/image.ts';

export interface Usage {
  readonly nanoCores: number;
  readonly kibibytes: number;
}

/** Usage is measured anew this often. */
export const windowMs = 15_000;

/** 0 to 1, from a text alone. */
const chance = (text: string): number => Number.parseInt(hexOf(text, 6), 16) / 0xffffff;

/**
 * A container that asks for 100m uses 15m to 45m of it, one that asks for nothing 1m to 5m; of 128Mi it uses 40 to 70 per cent and
 * hardly moves, of nothing 3Mi to 20Mi. Where drydock.dev/cpu is declared, it is just that. Nobody uses more than the limit.
 */
export function containerUsage(pod: Pod, { name, resources = {} }: Container, at: number): Usage {
  const { requests = {}, limits = {} } = resources;
  const self = `${pod.metadata.uid}/${name}`;
  const moment = chance(`${self}/${Math.floor(at / windowMs)}`);
  const cpu = milliUnitsOf(requests['cpu'] ?? limits['cpu'] ?? 0);
  const memory = unitsOf(requests['memory'] ?? limits['memory'] ?? 0) / 1024;
  const declared = declaredMilliCores(pod.metadata.annotations);
  const usual = cpu > 0 ? cpu * (0.15 + 0.3 * moment) : 1 + 4 * moment;
  const milliCores = declared === undefined ? usual : declared / pod.spec.containers.length;
  const kibibytes = memory > 0 ? memory * (0.4 + 0.3 * chance(self) + 0.02 * moment) : 3_072 + 17_408 * chance(self) + 64 * moment;
  const most = { cpu: milliUnitsOf(limits['cpu'] ?? Number.MAX_SAFE_INTEGER / 1e3), memory: unitsOf(limits['memory'] ?? Number.MAX_SAFE_INTEGER) / 1024 };
  return { nanoCores: Math.round(Math.min(milliCores, most.cpu) * 1e6), kibibytes: Math.round(Math.min(kibibytes, most.memory)) };
}

/** What its pods use, and what a node needs for itself. */
export function nodeUsage(node: Node, pods: readonly Pod[], at: number): Usage {
  const moment = chance(`${node.metadata.uid}/${Math.floor(at / windowMs)}`);
  let [nanoCores, kibibytes] = [Math.round((90 + 60 * moment) * 1e6), Math.round(614_400 + 40_960 * moment)];
  for (const pod of pods) {
    for (const container of pod.spec.containers) {
      const used = containerUsage(pod, container, at);
      nanoCores += used.nanoCores;
      kibibytes += used.kibibytes;
    }
  }
  return { nanoCores, kibibytes };
}

export const quantitiesOf = ({ nanoCores, kibibytes }: Usage) => ({ cpu: `${nanoCores}n`, memory: `${kibibytes}Ki` });
