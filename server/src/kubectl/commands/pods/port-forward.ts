// kubectl port-forward: ports of this machine that lead to a pod.
import type { Pod, Service } from '../../../schema/generated/types.ts';
import { command, type Outcome } from '../../command.ts';
import type { Wait } from '../../environment.ts';
import { list, text } from '../../flags.ts';
import type { PortPair } from '../../pods.ts';
import { isProblem, problem, usageProblem, type Problem } from '../../problem.ts';
import type { Session } from '../../session.ts';
import { resolve } from '../../targets.ts';
import { podOf } from './pod-of.ts';

const flags = { address: list(), 'pod-running-timeout': text(undefined, '1m0s') } as const;

export const portForward = command(flags, function* (session, { flags, words }): Generator<Wait, Outcome> {
  const { forward, stdout, stderr } = session.environment;
  const [word, ...ports] = words;
  if (word === undefined || ports.length === 0) return usageProblem('TYPE/NAME and list of ports are required for port-forward', 'port-forward');
  if (!forward) return problem('ports of a pod cannot be reached from here: use "kubectl port-forward" in a terminal that has this cluster\'s KUBECONFIG');
  const found = podOf(word, session);
  if (isProblem(found)) return found;
  const { pod } = found;
  const pairs = pairsOf(ports, pod, serviceOf(word, session));
  if (isProblem(pairs)) return pairs;
  if (pod.status.phase !== 'Running') return problem(`unable to forward port because pod is not running. Current status=${pod.status.phase}`);
  const forwarding = forward({ namespace: pod.metadata.namespace!, pod: pod.metadata.name }, pairs, flags.address.length > 0 ? flags.address : ['localhost']);
  for (;;) {
    const said = forwarding.read();
    if (said.stdout !== '') stdout(said.stdout);
    if (said.stderr !== '') stderr(said.stderr);
    if (forwarding.problem !== undefined) return problem(forwarding.problem);
    yield {};
  }
});

/** The Service that the word names; its ports are then meant. */
function serviceOf(word: string, session: Session): Service | undefined {
  if (!word.includes('/')) return undefined;
  const resolved = resolve([word], { filename: [], recursive: false, selector: '' }, session);
  const object = isProblem(resolved) ? undefined : resolved.found[0]?.object;
  return object?.kind === 'Service' ? (object as Service) : undefined;
}

/** '8080:80', ':80', '80', 'web': each as a port here and one of the pod. */
function pairsOf(words: readonly string[], pod: Pod, service: Service | undefined): readonly PortPair[] | Problem {
  const pairs: PortPair[] = [];
  for (const word of words) {
    const [first = '', second, ...more] = word.split(':');
    if (more.length > 0) return problem(`invalid port format '${word}'`);
    const wanted = second ?? first;
    const remote = remotePort(wanted, pod, service);
    if (isProblem(remote)) return remote;
    const local = second === undefined ? (/^\d+$/.test(first) ? Number(first) : remote) : first === '' ? 0 : Number(first);
    if (!Number.isInteger(local) || local < 0 || local > 65_535)
      return problem(`error parsing local port '${first}': strconv.ParseUint: parsing "${first}": invalid syntax`);
    if (remote === 0) return problem('remote port must be > 0');
    pairs.push({ local, remote });
  }
  return pairs;
}

function remotePort(wanted: string, pod: Pod, service: Service | undefined): number | Problem {
  const isNumber = /^\d+$/.test(wanted);
  if (!service) return isNumber ? Number(wanted) : namedPort(wanted, pod);
  const port = (service.spec?.ports ?? []).find((one) => (isNumber ? one.port === Number(wanted) : one.name === wanted));
  if (!port) return problem(`Service ${service.metadata.name} does not have a service port ${wanted}`);
  if (service.spec?.clusterIP === 'None') return port.port;
  const target = port.targetPort ?? port.port;
  return typeof target === 'number' ? target || port.port : namedPort(target, pod);
}

function namedPort(name: string, { spec, metadata }: Pod): number | Problem {
  const port = spec.containers.flatMap(({ ports = [] }) => ports).find((one) => one.name === name);
  return port?.containerPort ?? problem(`Pod '${metadata.name}' does not have a named port '${name}'`);
}
