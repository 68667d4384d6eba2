import type { User } from '../../authentication/user.ts';

/** authentication.k8s.io/v1 UserInfo; what is empty is left out. */
export const userInfo = ({ name, uid, groups, extra }: User): object => ({
  ...(name !== '' && { username: name }),
  ...(uid && { uid }),
  ...(groups.length > 0 && { groups }),
  ...(extra && Object.keys(extra).length > 0 && { extra }),
});
