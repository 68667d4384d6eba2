// The environment of a container: what its image sets, the services of its namespace, and what its spec says, in the kubelet's order.
import type { ConfigMap, Container, EnvVar, Pod, Secret, Service } from '../../schema/generated/types.ts';
import type { Reader } from '../runtime/reader.ts';
import { base64ToBytes, utf8, type Bytes } from './bytes.ts';
import { fieldValue, resourceValue } from './field-value.ts';

const searchPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export function environmentOf(reader: Reader, pod: Pod, container: Container, hostname: string): ReadonlyMap<string, Bytes> {
  const environment = new Map<string, Bytes>([
    ['PATH', searchPath],
    ['HOSTNAME', hostname],
  ]);
  for (const [name, value] of serviceVariables(reader, pod)) environment.set(name, value);
  for (const [name, value] of sourcedVariables(reader, pod, container)) environment.set(name, value);
  for (const variable of container.env ?? []) {
    const value = valueOf(reader, pod, container, variable, environment);
    if (value !== undefined) environment.set(variable.name, value);
  }
  environment.set('HOME', environment.get('HOME') ?? '/root');
  return environment;
}

function valueOf(reader: Reader, pod: Pod, container: Container, { value, valueFrom }: EnvVar, known: ReadonlyMap<string, Bytes>): Bytes | undefined {
  const { namespace } = pod.metadata;
  if (!valueFrom) return utf8(withReferences(value ?? '', known));
  const { configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef } = valueFrom;
  if (configMapKeyRef) {
    const found = reader.get<ConfigMap>('configmaps', namespace, configMapKeyRef.name ?? '')?.data?.[configMapKeyRef.key];
    return found === undefined ? undefined : utf8(found);
  }
  if (secretKeyRef) {
    const found = reader.get<Secret>('secrets', namespace, secretKeyRef.name ?? '')?.data?.[secretKeyRef.key];
    return found === undefined ? undefined : base64ToBytes(found);
  }
  if (fieldRef) return utf8(fieldValue(pod, fieldRef.fieldPath));
  return resourceFieldRef ? resourceValue(reader, pod, container, resourceFieldRef) : undefined;
}

/** '$(NAME)' stands for a variable that came before; one that is not known stays as it is; '$$(NAME)' means '$(NAME)'. */
export const withReferences = (text: string, known: ReadonlyMap<string, string>): string =>
  text.replace(/\$\$|\$\(([^()]*)\)/g, (whole, name: string | undefined) => (name === undefined ? '$' : (known.get(name) ?? whole)));

function sourcedVariables(reader: Reader, pod: Pod, container: Container): readonly (readonly [string, Bytes])[] {
  const { namespace } = pod.metadata;
  return (container.envFrom ?? []).flatMap(({ prefix = '', configMapRef, secretRef }) => {
    const data = configMapRef
      ? reader.get<ConfigMap>('configmaps', namespace, configMapRef.name ?? '')?.data
      : reader.get<Secret>('secrets', namespace, secretRef?.name ?? '')?.data;
    return Object.keys(data ?? {})
      .sort()
      .map((key) => [prefix + key, configMapRef ? utf8(data![key]!) : base64ToBytes(data![key]!)] as const);
  });
}

/** WEB_SERVICE_HOST, WEB_PORT_80_TCP and so on, of the services that were there when the pod was made; of kubernetes always. */
function serviceVariables(reader: Reader, { metadata, spec }: Pod): readonly (readonly [string, string])[] {
  const services = [...reader.collection('services').values()] as Service[];
  const wanted = services.filter(({ metadata: { name, namespace } }) => {
    if (namespace === 'default' && name === 'kubernetes') return true;
    return (spec.enableServiceLinks ?? true) && namespace === metadata.namespace;
  });
  return wanted.flatMap((service) => (wasBefore(service, metadata.creationTimestamp) ? variablesOf(service) : []));
}

const wasBefore = ({ metadata, spec }: Service, time = '') =>
  (metadata.creationTimestamp ?? '') <= time && spec.clusterIP !== undefined && spec.clusterIP !== 'None' && spec.clusterIP !== '';

function variablesOf({ metadata, spec }: Service): readonly (readonly [string, string])[] {
  const name = metadata.name.toUpperCase().replaceAll('-', '_');
  const ip = spec.clusterIP!;
  const [first] = spec.ports ?? [];
  if (!first) return [];
  const ports = (spec.ports ?? []).flatMap(({ port, protocol = 'TCP' }) => {
    const prefix = `${name}_PORT_${port}_${protocol}`;
    return [
      [prefix, `${protocol.toLowerCase()}://${ip}:${port}`],
      [`${prefix}_PROTO`, protocol.toLowerCase()],
      [`${prefix}_PORT`, String(port)],
      [`${prefix}_ADDR`, ip],
    ] as const;
  });
  const named = (spec.ports ?? []).flatMap((port) =>
    port.name ? [[`${name}_SERVICE_PORT_${port.name.toUpperCase().replaceAll('-', '_')}`, String(port.port)] as const] : [],
  );
  return [
    [`${name}_SERVICE_HOST`, ip],
    [`${name}_SERVICE_PORT`, String(first.port)],
    ...named,
    [`${name}_PORT`, `${(first.protocol ?? 'TCP').toLowerCase()}://${ip}:${first.port}`],
    ...ports,
  ];
}
