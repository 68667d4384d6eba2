// Requests for certificates: what they say, and the decision about them.
import { expect, test } from 'vitest';
import { ClusterShell } from './cluster-shell.ts';

/** openssl req -new -subj "/O=dev/O=ops/OU=u/CN=jane", with names of every kind. */
const request = `-----BEGIN CERTIFICATE REQUEST-----
MIIBPzCB5QIBADA3MQwwCgYDVQQKDANkZXYxDDAKBgNVBAoMA29wczEKMAgGA1UE
CwwBdTENMAsGA1UEAwwEamFuZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABC8S
wL0Y4+Huu7i6LqsZ2Ic+j8ybTROj5zfg3UO13NSTGDaku+lEYGha6+zGA00sNABT
igCUi2SsqtTy3FbqEnSgTDBKBgkqhkiG9w0BCQ4xPTA7MDkGA1UdEQQyMDCCCWEu
ZXhhbXBsZYIJYi5leGFtcGxlhwQKAAABgQVqQHgueYYLaHR0cHM6Ly91L3gwCgYI
KoZIzj0EAwIDSQAwRgIhAMf9WvjecQJeY4bBe5CLIzK84Eb0RQeJiknYAB6w6+P1
AiEAtBUOlQ+rEoZ8URHLMOiqSJQe1LjZozQ5Di9eFZuK7a4=
-----END CERTIFICATE REQUEST-----
`;

const manifest = `apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: jane, labels: {a: b}}
spec: {signerName: kubernetes.io/kube-apiserver-client, usages: [client auth], expirationSeconds: 3600, request: ${btoa(request)}}
`;

function shellWithRequest(): ClusterShell {
  const shell = new ClusterShell({ 'csr.yaml': manifest });
  shell.ok('kubectl create -f csr.yaml');
  return shell;
}

test('describe says whom the certificate is for', () => {
  const text = shellWithRequest().ok('kubectl describe csr jane');
  expect(text).toMatch(/^Name: {16}jane\nLabels: {14}a=b\nAnnotations: {9}<none>\n/);
  expect(text).toContain(`Requested Duration:  60m
Status:              Pending
Subject:
  Common Name:          jane
  Serial Number:        
  Organization:         dev
                        ops
  Organizational Unit:  u
Subject Alternative Names:
         DNS Names:        a.example
                           b.example
         Email Addresses:  j@x.y
         URIs:             https://u/x
         IP Addresses:     10.0.0.1
Events:  <none>
`);
});

test('approved once is approved; what is approved cannot be denied', () => {
  const shell = shellWithRequest();
  const approved = 'certificatesigningrequest.certificates.k8s.io/jane approved\n';
  expect(shell.ok('kubectl certificate approve jane')).toBe(approved);
  expect(shell.ok('kubectl certificate approve jane')).toBe(approved);
  expect(shell.ok("kubectl get csr jane -o jsonpath='{.status.conditions[*].reason}'")).toBe('KubectlApprove');
  expect(shell.fails('kubectl certificate deny jane')).toBe('error: certificate signing request "jane" is already Approved\n');
  expect(shell.fails('kubectl certificate approve')).toBe('error: one or more CSRs must be specified as <name> or -f <filename>\n');
});
