// Templates as ControllerRevisions keep them, and back. A revision is compared by the text of its data, byte for byte.
// Source: pkg/controller/history/controller_history.go.
import { goJson } from '../../../kube/go-json.ts';
import type { ControllerRevision, PodTemplateSpec } from '../../../schema/generated/types.ts';
import { revisionData } from './revision-hash.ts';

type Data = ReturnType<typeof revisionData>;

// A template outlives many looks at its owner, and so do revisions.
const datas = new WeakMap<object, Data>();
const texts = new WeakMap<object, string>();
const templates = new WeakMap<object, PodTemplateSpec>();

/** The data of a revision of this template; the same object every time. */
export function dataOf(template: PodTemplateSpec): Data {
  let data = datas.get(template);
  if (!data) datas.set(template, (data = revisionData(template)));
  return data;
}

export function textOf(data: object): string {
  let text = texts.get(data);
  if (text === undefined) texts.set(data, (text = goJson(data)));
  return text;
}

/** The template that a revision brings back; the same object every time. */
export function templateOf({ data }: Pick<ControllerRevision, 'data'>): PodTemplateSpec {
  const key = data as unknown as { readonly spec: { readonly template: PodTemplateSpec & { readonly $patch?: string } } };
  let template = templates.get(key);
  if (!template) {
    const { $patch: _, ...rest } = key.spec.template;
    templates.set(key, (template = rest as PodTemplateSpec));
  }
  return template;
}

/** Oldest first: by number, then by age, then by name. */
export function byAge(a: ControllerRevision, b: ControllerRevision): number {
  if (a.revision !== b.revision) return a.revision - b.revision;
  const [made, other] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp];
  if (made !== other) return made < other ? -1 : 1;
  return a.metadata.name < b.metadata.name ? -1 : 1;
}

const longestPrefix = 223;

export const revisionName = (owner: string, hash: string): string => `${owner.slice(0, longestPrefix)}-${hash}`;
