// Defaults of containers and what is in them.
import type { Container, EphemeralContainer, HTTPGetAction, Lifecycle, ObjectFieldSelector, Probe } from '../../schema/generated/types.ts';
import { filledWith, without } from './fill.ts';
import { imageTag } from './image-tag.ts';

export const containerFillers = {
  Container: (container: Container) => fillContainer(container),
  EphemeralContainer: (container: EphemeralContainer) => fillContainer(container),
  Probe: (probe: Probe) => filledWith(probe, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }),
  HTTPGetAction: (action: HTTPGetAction) => filledWith(action, { path: '/', scheme: 'HTTP' }),
  ObjectFieldSelector: (selector: ObjectFieldSelector) => filledWith(selector, { apiVersion: 'v1' }),
};

function fillContainer<T extends Container | EphemeralContainer>(container: T): T {
  const { lifecycle } = container;
  const filled = filledWith<Container | EphemeralContainer>(container, {
    imagePullPolicy: pullPolicyOf(container.image),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  });
  // A feature that is switched off in this version: what is sent is dropped.
  return (lifecycle?.stopSignal === undefined ? filled : withoutStopSignal(filled, lifecycle)) as T;
}

function withoutStopSignal(container: Container | EphemeralContainer, lifecycle: Lifecycle): Container | EphemeralContainer {
  const rest = without(lifecycle, 'stopSignal');
  return rest.postStart || rest.preStop ? { ...container, lifecycle: rest } : without(container, 'lifecycle');
}

/** What may have changed behind its name is pulled again each time. */
export function pullPolicyOf(image: string | undefined): string {
  return imageTag(image ?? '') === 'latest' ? 'Always' : 'IfNotPresent';
}
