/** `minor`: of Kubernetes, 36. The path of kubectl. */
export function installKubectl(minor?: number): string;
