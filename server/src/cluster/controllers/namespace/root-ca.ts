// Every namespace has a ConfigMap with the certificate that the API server can be known by; pods mount it.
import type { ConfigMap, Namespace } from '../../../schema/generated/types.ts';
import { isStatus } from '../../../kube/status.ts';
import { run, type Plan } from '../../runtime/controller.ts';
import { rootCertificate } from './root-certificate.ts';
import { eachNamespace, isLiving, namespaceOf } from './enqueue.ts';

const name = 'kube-root-ca.crt';
const description =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.';

interface View {
  readonly namespace: string;
  readonly existing: ConfigMap | undefined;
}

const isRight = (map: ConfigMap) => map.data?.['ca.crt'] === rootCertificate;

export const rootCaController = run<View, Plan>({
  name: 'root-ca-certificate-publisher-controller',
  watches: [
    { resource: 'namespaces', enqueue: eachNamespace },
    { resource: 'configmaps', enqueue: (commit) => (commit.key.endsWith(`/${name}`) ? namespaceOf(commit) : []) },
  ],
  observe(key, reader) {
    const namespace = reader.get<Namespace>('namespaces', undefined, key);
    const existing = reader.get<ConfigMap>('configmaps', key, name);
    return namespace && isLiving(namespace) && !(existing && isRight(existing)) ? { namespace: key, existing } : undefined;
  },
  plan: () => ({}),
  apply(_plan, { namespace, existing }, writer) {
    const data = { 'ca.crt': rootCertificate };
    const metadata = { name, namespace, annotations: { 'kubernetes.io/description': description } };
    const written = existing
      ? writer.update<ConfigMap>('configmaps', { ...existing, data })
      : writer.create<ConfigMap>('configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
    return isStatus(written) ? written : undefined;
  },
});
