// Values as the server prints them inside messages: its internal structs as JSON, with Go's names and order of fields, nothing left out.
// `{ type: 'Localhost' }` as a SeccompProfile → { Type: 'Localhost', LocalhostProfile: null }.
import { wasSentEmpty } from '../../schema/sent-empty.ts';
import type { GoType, WireField } from '../../schema/go-types.ts';
import { structOf } from '../../schema/go-types.ts';
import { zeroOf } from '../../schema/zero.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Types of apimachinery are the same inside and outside, so they print with the names that they have on the wire. */
const printedAsOnTheWire = new Set(['LabelSelector', 'LabelSelectorRequirement', 'ObjectMeta', 'OwnerReference', 'ManagedFieldsEntry']);

/** Where the internal struct has its fields in another order than the one on the wire: the names that come first. */
const order: Readonly<Record<string, readonly string[]>> = {
  PodSpec: [
    'Volumes InitContainers Containers EphemeralContainers RestartPolicy TerminationGracePeriodSeconds ActiveDeadlineSeconds DNSPolicy NodeSelector',
    'ServiceAccountName AutomountServiceAccountToken NodeName SecurityContext ImagePullSecrets Hostname Subdomain SetHostnameAsFQDN Affinity SchedulerName',
    'Tolerations HostAliases PriorityClassName Priority PreemptionPolicy DNSConfig ReadinessGates RuntimeClassName Overhead EnableServiceLinks',
    'TopologySpreadConstraints OS SchedulingGates ResourceClaims Resources HostnameOverride SchedulingGroup',
  ].flatMap((line) => line.split(' ')),
  JSONSchemaProps: [
    'ID Schema Ref Description Type Nullable Format Title Default Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern MaxItems',
    'MinItems UniqueItems MultipleOf Enum MaxProperties MinProperties Required Items AllOf OneOf AnyOf Not Properties AdditionalProperties',
    'PatternProperties Dependencies AdditionalItems Definitions ExternalDocs Example XPreserveUnknownFields XEmbeddedResource XIntOrString XListMapKeys',
    'XListType XMapType XValidations',
  ].flatMap((line) => line.split(' ')),
  PodSecurityContext: [
    'SELinuxOptions WindowsOptions RunAsUser RunAsGroup RunAsNonRoot SupplementalGroups SupplementalGroupsPolicy FSGroup FSGroupChangePolicy Sysctls',
    'SeccompProfile AppArmorProfile SELinuxChangePolicy',
  ].flatMap((line) => line.split(' ')),
  PersistentVolumeSpec: [
    'Capacity GCEPersistentDisk AWSElasticBlockStore HostPath Glusterfs NFS RBD Quobyte ISCSI FlexVolume Cinder CephFS FC Flocker AzureFile VsphereVolume',
    'AzureDisk PhotonPersistentDisk PortworxVolume ScaleIO Local StorageOS CSI AccessModes ClaimRef PersistentVolumeReclaimPolicy StorageClassName',
    'MountOptions VolumeMode NodeAffinity VolumeAttributesClassName',
  ].flatMap((line) => line.split(' ')),
  Volume: [
    'Name HostPath EmptyDir GCEPersistentDisk AWSElasticBlockStore GitRepo Secret NFS ISCSI Glusterfs PersistentVolumeClaim RBD Quobyte FlexVolume Cinder',
    'CephFS Flocker DownwardAPI FC AzureFile ConfigMap VsphereVolume AzureDisk PhotonPersistentDisk Projected PortworxVolume ScaleIO StorageOS CSI',
    'Ephemeral Image',
  ].flatMap((line) => line.split(' ')),
};

/** Pointers on the wire that are plain values inside: what is not set prints as zero. */
const plainInside: Readonly<Record<string, readonly string[]>> = {
  RollingUpdateDaemonSet: ['MaxUnavailable', 'MaxSurge'],
  RollingUpdateDeployment: ['MaxUnavailable', 'MaxSurge'],
  RollingUpdateStatefulSetStrategy: ['Partition'],
};

/** Fields of a pod that its internal struct keeps in the security context, in front of that one's own. */
const hostFields = ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace', 'hostUsers'];

export function goStruct(name: string, value: object): object {
  if (name === 'PodSpec') return printPodSpec(value as Fields);
  return print(name, fieldsInOrder(name), value as Fields);
}

/** Some fields of a struct, in this order: a struct inside the server that is part of a greater one on the wire. */
export function goFields(name: string, goNames: readonly string[], value: object): object {
  const { wire } = structOf(name);
  return print(
    name,
    goNames.map((goName) => wire.find((field) => field.name === goName) as WireField),
    value as Fields,
  );
}

function printPodSpec(spec: Fields): object {
  const { byJson } = structOf('PodSpec');
  const context = { ...spec['securityContext']!, ...Object.fromEntries(hostFields.map((json) => [json, spec[json]])) };
  const ofHost = hostFields.map((json) => byJson.get(json) as WireField);
  const printed = print('PodSpec', fieldsInOrder('PodSpec'), spec);
  return {
    ...printed,
    SecurityContext: spec['securityContext'] ? print('PodSecurityContext', [...ofHost, ...fieldsInOrder('PodSecurityContext')], context) : null,
  };
}

function print(name: string, fields: readonly WireField[], value: Fields): object {
  const onTheWire = printedAsOnTheWire.has(name);
  const printed: Record<string, unknown> = {};
  for (const { name: goName, json, type, omit } of fields) {
    const one = value[json] ?? (wasSentEmpty(value, json) ? emptyOf(type) : undefined);
    if (onTheWire && omit !== 'never' && isEmpty(one)) continue;
    // Embedded inside: its fields stand among the others.
    if (goName === 'ObjectMeta' && type.is === 'struct') {
      Object.assign(printed, goStruct(type.name, (one ?? {}) as object));
      continue;
    }
    const inside = type.is === 'pointer' && plainInside[name]?.includes(goName) ? type.to : type;
    printed[onTheWire ? json : goName] = printValue(inside, one);
  }
  return printed;
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);

function fieldsInOrder(name: string): readonly WireField[] {
  const { wire } = structOf(name);
  const wanted = order[name];
  if (!wanted) return wire;
  return wanted.map((goName) => wire.find((field) => field.name === goName) as WireField);
}

function printValue(type: GoType, value: unknown): unknown {
  switch (type.is) {
    case 'pointer':
      return value === undefined || value === null ? null : printValue(type.to, value);
    case 'struct':
      return goStruct(type.name, (value ?? {}) as object);
    case 'slice':
      return value ? (value as readonly unknown[]).map((item) => printValue(type.of, item)) : null;
    case 'map':
      return value ? printMap(type.of, value as Fields) : null;
    case 'self':
      return printSelf(type, value);
    default:
      return value ?? zeroOf(type);
  }
}

/** Parts of schemas that may be this or that: a struct with a field for each inside. */
function printSelf(type: GoType, value: unknown): unknown {
  switch (type.text) {
    case 'v1.JSONSchemaPropsOrArray':
      return Array.isArray(value) ? { Schema: null, JSONSchemas: value.map(printSchema) } : { Schema: printSchema(value), JSONSchemas: null };
    case 'v1.JSONSchemaPropsOrBool':
      return typeof value === 'boolean' ? { Allows: value, Schema: null } : { Allows: true, Schema: printSchema(value) };
    case 'v1.JSONSchemaPropsOrStringArray':
      return Array.isArray(value) ? { Schema: null, Property: value } : { Schema: printSchema(value), Property: null };
    default:
      return value ?? zeroOf(type);
  }
}

const printSchema = (schema: unknown): object | null => (typeof schema === 'object' && schema !== null ? goStruct('JSONSchemaProps', schema) : null);

/** Go prints maps sorted by key. */
function printMap(of: GoType, map: Fields): object {
  const keys = Object.keys(map).sort();
  return Object.fromEntries(keys.map((key) => [key, printValue(of, map[key])]));
}

/** What was sent empty is not nil. */
const emptyOf = (type: GoType): unknown => (type.is === 'slice' ? [] : {});
