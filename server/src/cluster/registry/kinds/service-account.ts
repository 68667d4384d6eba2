// Service accounts: of a secret only its name counts.
import type { ServiceAccount } from '../../../schema/generated/types.ts';
import type { KindStrategy } from '../strategy.ts';

export const serviceAccountStrategy: KindStrategy<ServiceAccount> = { prepareForCreate: withNamesAlone, prepareForUpdate: withNamesAlone };

function withNamesAlone(account: ServiceAccount): ServiceAccount {
  const { secrets } = account;
  return secrets ? { ...account, secrets: secrets.map(({ name }) => (name ? { name } : {})) } : account;
}
