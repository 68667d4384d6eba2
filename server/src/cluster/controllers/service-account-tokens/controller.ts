// Fills Secrets of type kubernetes.io/service-account-token, and removes those whose account is gone.
import { isStatus } from '../../../kube/status.ts';
import { splitKey } from '../../../kube/resource.ts';
import type { Secret, ServiceAccount } from '../../../schema/generated/types.ts';
import { accountNameKey, accountUidKey, encoded, makeSecretToken, secretsByAccount, tokenSecretType } from '../../authentication/secret-token.ts';
import type { ComponentFactory } from '../../runtime/component.ts';
import { run, type Controller, type Plan } from '../../runtime/controller.ts';
import { rootCertificate } from '../namespace/root-certificate.ts';

interface View {
  readonly secret: Secret;
  /** undefined: there is none of that name and uid. */
  readonly account: ServiceAccount | undefined;
}

interface TokenPlan extends Plan {
  readonly delete?: boolean;
  /** The secret as it must be. */
  readonly filled?: Secret;
}

const controllerWith = (key: Uint8Array): Controller<View, TokenPlan> => ({
  name: 'tokens-controller',
  watches: [
    { resource: 'secrets', enqueue: ({ key, after }) => ((after as Secret | undefined)?.type === tokenSecretType ? [key] : []) },
    { resource: 'serviceaccounts', enqueue: ({ key }, reader) => [...reader.indexed(secretsByAccount, key).objects.keys()] },
  ],
  observe(secretKey, reader) {
    const { namespace, name } = splitKey(secretKey);
    const secret = reader.get<Secret>('secrets', namespace, name);
    if (secret?.type !== tokenSecretType || secret.metadata.deletionTimestamp !== undefined) return undefined;
    const { [accountNameKey]: accountName = '', [accountUidKey]: uid } = secret.metadata.annotations ?? {};
    const account = reader.get<ServiceAccount>('serviceaccounts', namespace, accountName);
    return { secret, account: uid && account?.metadata.uid !== uid ? undefined : account };
  },
  plan: ({ secret, account }) => (account ? planFilling(secret, account, key) : { delete: true }),
  apply(plan, { secret: { metadata } }, writer) {
    if (plan.delete) {
      const gone = writer.delete('secrets', metadata.namespace, metadata.name, { uid: metadata.uid });
      return isStatus(gone) && gone.code !== 404 ? gone : undefined;
    }
    const written = plan.filled && writer.update<Secret>('secrets', plan.filled);
    return isStatus(written) ? written : undefined;
  },
});

/** What is there already stays, except another certificate. */
function planFilling(secret: Secret, account: ServiceAccount, key: Uint8Array): TokenPlan {
  const { data = {}, metadata } = secret;
  const certificate = encoded(rootCertificate);
  if (data['ca.crt'] === certificate && data['namespace'] && data['token']) return {};
  const { namespace = '', name } = metadata;
  const annotations = { ...metadata.annotations, [accountNameKey]: account.metadata.name, [accountUidKey]: account.metadata.uid };
  const filled = {
    ...data,
    'ca.crt': certificate,
    namespace: data['namespace'] || encoded(namespace),
    token: data['token'] || encoded(makeSecretToken(account, name, key)),
  };
  return { filled: { ...secret, metadata: { ...metadata, annotations }, data: filled } };
}

export const serviceAccountTokens: ComponentFactory = (surroundings) => run(controllerWith(surroundings.tokenKey))(surroundings);
