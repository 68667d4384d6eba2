// Which fields of a kind a field selector may name, and where their text is found.
// metadata.name and metadata.namespace always; the others are those of k8s.io/kubernetes/pkg/apis/*/v1/conversion.go.
import type { KubeObject } from '../../kube/object.ts';
import { valueAt } from '../../validation/custom/scale.ts';
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
  'replicasets.apps': paths('status.replicas'),
  secrets: paths('type'),
  services: paths('spec.clusterIP spec.type'),
  events: paths(`involvedObject.kind involvedObject.namespace involvedObject.name involvedObject.uid involvedObject.apiVersion
    involvedObject.resourceVersion involvedObject.fieldPath reason reportingComponent source type`),
  'events.events.k8s.io': paths(`regarding.kind regarding.namespace regarding.name regarding.uid regarding.apiVersion
    regarding.resourceVersion regarding.fieldPath reason reportingController type`),
  'jobs.batch': paths('status.successful'),
  'certificatesigningrequests.certificates.k8s.io': paths('spec.signerName'),
};

/** Some labels are not the path of their field. */
const elsewhere: Readonly<Record<string, Path>> = { 'status.successful': ['status', 'succeeded'], source: ['source', 'component'] };

/** What is printed for a field that is not set: a number or a boolean is never empty. */
const unset: Readonly<Record<string, string>> = {
  'spec.unschedulable': 'false',
  'spec.hostNetwork': 'false',
  'status.replicas': '0',
  'status.successful': '0',
};

const always = paths('metadata.name metadata.namespace');

/** The text of a field of an object; undefined when the kind has no such field label. */
export function fieldLabelOf({ info, resource }: Strategy, label: string): ((object: KubeObject) => string) | undefined {
  if (info.custom?.selectableFields.includes(`.${label}`)) return (object) => textOf(valueAt(object, `.${label}`)) ?? '';
  const path = elsewhere[label] ?? always.get(label) ?? byResource[resource]?.get(label);
  if (!path || !(always.has(label) || byResource[resource]?.has(label))) return undefined;
  return (object) => {
    let value: unknown = object;
    for (const name of path) value = (value as Readonly<Record<string, unknown>> | undefined)?.[name];
    return textOf(value) ?? unset[label] ?? '';
  };
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
