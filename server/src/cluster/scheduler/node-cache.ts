// The scheduler's picture of all nodes, kept up to date by commits, one addition or subtraction at a time.
// Invariant: it equals a rebuild from the store, whatever commits came (test/cluster/scheduler/node-cache.test.ts).
import type { KubeObject } from '../../kube/object.ts';
import type { Node, Pod } from '../../schema/generated/types.ts';
import { isFinished } from '../store/pod-facts.ts';
import type { Commit } from '../store/commit.ts';
import { NodeInfo } from './node-info.ts';
import type { SchedulingView } from './plugin.ts';

/** Without what is kept elsewhere: the scheduler adds its reader, its census and what it has promised. */
export class NodeCache implements Omit<SchedulingView, 'reader' | 'census' | 'reserved'> {
  #nodes: NodeInfo[] = [];
  /** How many nodes are cordoned, or have taints of the sort. */
  #cordoned = 0;
  #forbidding = 0;
  #discouraging = 0;
  readonly #byName = new Map<string, NodeInfo>();
  /** Pods bound to nodes that are not there (yet): bound by hand, or left behind by a deleted node. */
  readonly #homeless = new Map<string, NodeInfo>();

  /** In the order in which they joined. */
  get nodes(): readonly NodeInfo[] {
    return this.#nodes;
  }

  nodeNamed(name: string): NodeInfo | undefined {
    return this.#byName.get(name);
  }

  get anyCordoned(): boolean {
    return this.#cordoned > 0;
  }

  get anyForbidding(): boolean {
    return this.#forbidding > 0;
  }

  get anyDiscouraging(): boolean {
    return this.#discouraging > 0;
  }

  /** From scratch. */
  rebuild(nodes: Iterable<KubeObject>, pods: Iterable<KubeObject>): void {
    this.#nodes = [];
    this.#byName.clear();
    this.#homeless.clear();
    this.#cordoned = this.#forbidding = this.#discouraging = 0;
    for (const node of nodes) this.#setNode(node as Node);
    for (const pod of pods) this.#count(pod as Pod, 1);
  }

  /** Takes a commit of nodes or pods into account. */
  update({ resource, before, after, key }: Commit): void {
    if (resource === 'pods') this.#updatePod(before as Pod | undefined, after as Pod | undefined);
    else if (after) this.#setNode(after as Node);
    else this.#removeNode(key);
  }

  #updatePod(before: Pod | undefined, after: Pod | undefined): void {
    const took = before !== undefined && takesRoom(before);
    const takes = after !== undefined && takesRoom(after);
    // Nearly every commit of a bound pod changes its status only.
    if (took && takes && before.spec === after.spec) return;
    if (took) this.#count(before, -1);
    if (takes) this.#count(after, 1);
  }

  #count(pod: Pod, sign: 1 | -1): void {
    if (!takesRoom(pod)) return;
    const name = pod.spec.nodeName!;
    let info = this.#byName.get(name) ?? this.#homeless.get(name);
    if (!info) this.#homeless.set(name, (info = new NodeInfo(name)));
    info.count(pod, sign);
    if (info.usedPods === 0) this.#homeless.delete(name);
  }

  #setNode(node: Node): void {
    const { name } = node.metadata;
    let info = this.#byName.get(name);
    if (!info) {
      info = this.#homeless.get(name) ?? new NodeInfo(name);
      this.#homeless.delete(name);
      this.#byName.set(name, info);
      this.#nodes.push(info);
    } else this.#tally(info, -1);
    info.setNode(node);
    this.#tally(info, 1);
  }

  #removeNode(name: string): void {
    const info = this.#byName.get(name);
    if (!info) return;
    this.#byName.delete(name);
    this.#tally(info, -1);
    this.#nodes = this.#nodes.filter((other) => other !== info);
    if (info.usedPods > 0) this.#homeless.set(name, info);
  }

  #tally({ cordoned, forbidding, discouraging }: NodeInfo, sign: 1 | -1): void {
    if (cordoned) this.#cordoned += sign;
    if (forbidding.length > 0) this.#forbidding += sign;
    if (discouraging.length > 0) this.#discouraging += sign;
  }
}

/** Bound, and not finished: a finished pod gives its room back while its object stays. */
const takesRoom = (pod: Pod): boolean => pod.spec.nodeName !== undefined && pod.spec.nodeName !== '' && !isFinished(pod);
