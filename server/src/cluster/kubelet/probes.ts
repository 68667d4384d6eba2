// When probes succeed and fail, for a container that answers them from a certain moment on.
//
// A probe runs `initialDelaySeconds` after the start and then every `periodSeconds`. Worked example: delay 5 s, period 10 s, the
// container answers after 12 s: probes at 5 s (fails) and 15 s (succeeds), so it is ready after 15 s.
import type { Container, ContainerPort, Probe } from '../../schema/generated/types.ts';

export const firstProbeMs = (probe: Probe): number => (probe.initialDelaySeconds ?? 0) * 1_000;
const periodMs = (probe: Probe): number => Math.max(1, probe.periodSeconds ?? 10) * 1_000;

/** The first moment, from the start, at which the probe has succeeded as often as it must. */
export function succeedsAfter(probe: Probe, answersAfter: number): number {
  const first = firstProbeMs(probe);
  const period = periodMs(probe);
  const misses = Math.max(0, Math.ceil((answersAfter - first) / period));
  return first + (misses + Math.max(1, probe.successThreshold ?? 1) - 1) * period;
}

/** When the probe has failed as often as it may, from the start; undefined when it is answered before. */
export function failsAfter(probe: Probe, answersAfter: number): number | undefined {
  const last = firstProbeMs(probe) + (Math.max(1, probe.failureThreshold ?? 3) - 1) * periodMs(probe);
  return last < answersAfter ? last : undefined;
}

/** What the kubelet reports: nobody listens yet, or (`answers`) somebody does and says no. */
export function failureText(what: string, probe: Probe, container: Container, ip: string, answers: boolean): string {
  const text = `${what} probe failed: `;
  if (probe.httpGet) {
    if (answers) return `${text}HTTP probe failed with statuscode: 503`;
    const { host, path = '/', port, scheme = 'HTTP' } = probe.httpGet;
    const address = `${host ?? ip}:${portNumber(port, container.ports)}`;
    return `${text}Get "${scheme.toLowerCase()}://${address}${path}": dial tcp ${address}: connect: connection refused`;
  }
  if (probe.tcpSocket) return `${text}dial tcp ${probe.tcpSocket.host ?? ip}:${portNumber(probe.tcpSocket.port, container.ports)}: connect: connection refused`;
  if (probe.grpc) return `${text}timeout: failed to connect service "${ip}:${probe.grpc.port}" within ${probe.timeoutSeconds ?? 1}s: context deadline exceeded`;
  // A command: what it would print is not known.
  return text;
}

const portNumber = (port: number | string, ports: readonly ContainerPort[] = []): number | string =>
  ports.find(({ name }) => name === port)?.containerPort ?? port;
