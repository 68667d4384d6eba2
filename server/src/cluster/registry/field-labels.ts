// Which fields of a kind a field selector may name, and where their text is found.
// metadata.name and metadata.namespace always; the others are those of k8s.io/kubernetes/pkg/apis/*/v1/conversion.go.
import { quote } from '../../kube/quote.ts';
import type { KubeObject } from '../../kube/object.ts';
import { resourceKey } from '../../kube/resource.ts';
import { valueAt } from '../../validation/custom/nested.ts';
import type { Strategy } from './strategy.ts';

type Path = readonly string[];

const paths = (text: string): ReadonlyMap<string, Path> =>
  new Map(
    text
      .trim()
      .split(/\s+/)
      .map((label) => [label, label.split('.')]),
  );

const byResource: Readonly<Record<string, ReadonlyMap<string, Path>>> = {
  pods: paths(`spec.nodeName spec.restartPolicy spec.schedulerName spec.serviceAccountName spec.hostNetwork status.phase status.podIP status.podIPs
    status.nominatedNodeName`),
  nodes: paths('spec.unschedulable'),
  namespaces: paths('status.phase'),
  replicationcontrollers: paths('status.replicas'),
  secrets: paths('type'),
  services: paths('spec.clusterIP spec.type'),
  events: paths(`involvedObject.kind involvedObject.namespace involvedObject.name involvedObject.uid involvedObject.apiVersion
    involvedObject.resourceVersion involvedObject.fieldPath reason reportingComponent source type`),
  // They are stored as events of v1, and that is where their fields are looked for.
  'events.events.k8s.io': new Map<string, Path>([
    ...['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'].map((field): [string, Path] => [
      `regarding.${field}`,
      ['involvedObject', field],
    ]),
    ['reason', ['reason']],
    ['reportingController', ['reportingComponent']],
    ['type', ['type']],
  ]),
  'jobs.batch': paths('status.successful'),
  'certificatesigningrequests.certificates.k8s.io': paths('spec.signerName'),
  'resourceslices.resource.k8s.io': paths('spec.nodeName spec.driver'),
};

/** Some labels are not the path of their field. */
const elsewhere: Readonly<Record<string, Path>> = { 'status.successful': ['status', 'succeeded'], source: ['source', 'component'] };

/** Where the text is found when it is not at the usual place: events of the new form have no source. */
const instead: Readonly<Record<string, Path>> = { source: ['reportingComponent'] };

/** What is printed for a field that is not set: a number or a boolean is never empty. */
const unset: Readonly<Record<string, string>> = {
  'spec.unschedulable': 'false',
  'spec.hostNetwork': 'false',
  'status.replicas': '0',
  'status.successful': '0',
};

const always = paths('metadata.name metadata.namespace');

/** The text of a field of an object; undefined when the kind has no such field label. */
export function fieldLabelOf({ info }: Strategy, label: string): ((object: KubeObject) => string) | undefined {
  if (info.custom?.selectableFields.includes(`.${label}`)) return (object) => textOf(valueAt(object, `.${label}`)) ?? '';
  const own = byResource[resourceKey(info)];
  const path = always.get(label) ?? own?.get(label);
  if (!path) return undefined;
  const found = elsewhere[label] ?? path;
  return (object) => textOf(at(object, found)) ?? textOf(at(object, instead[label] ?? found)) ?? unset[label] ?? '';
}

/** What is said to a label that a kind does not have. Kinds without labels of their own share the words of apimachinery. */
export function unknownLabel({ info }: Strategy, label: string): string {
  if (info.custom) return `field label not supported: ${label}`;
  const key = resourceKey(info);
  if (!byResource[key]) return `${quote(label)} is not a known field selector: only "metadata.name", "metadata.namespace"`;
  return (inOwnWords[key] ?? ((unknown) => `field label not supported: ${unknown}`))(label);
}

const inOwnWords: Readonly<Record<string, (label: string) => string>> = {
  'jobs.batch': (label) => `field label ${quote(label)} not supported for Job`,
  'resourceslices.resource.k8s.io': (label) => `field label not supported for resource.k8s.io/v1, Kind=ResourceSlice: ${label}`,
};

function at(object: KubeObject, path: Path): unknown {
  let value: unknown = object;
  for (const name of path) value = (value as Readonly<Record<string, unknown>> | undefined)?.[name];
  return value;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
