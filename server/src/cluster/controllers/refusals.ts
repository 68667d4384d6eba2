// Refusals of the registry that controllers know by their cause.
import type { Status } from '../../kube/status.ts';

/** In a namespace that is being deleted nothing can be created. That is all right: nothing needs to be told, or tried again. */
export const isNamespaceTerminating = ({ details }: Status): boolean => details?.causes?.some(({ reason }) => reason === 'NamespaceTerminating') ?? false;
