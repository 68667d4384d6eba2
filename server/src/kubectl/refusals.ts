// Commands of the real client that there is no room for here: one sentence each says why, and what there is instead.

export const refusals: Readonly<Record<string, string>> = {
  alpha: 'there is nothing experimental here',
  completion: 'there is no shell here that it could complete for; a real kubectl on this cluster completes names too',
  debug: 'the containers of this cluster are simulated, and nothing can be put beside them; "kubectl exec" and "kubectl logs" look into them',
  kuberc: 'it reads no preferences',
  proxy: 'the API is reached directly, with the address and the token of the kubeconfig',
};
