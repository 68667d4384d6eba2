// The certificate that the API server can be known by, as pods and extensions find it.

/** Of a key that was thrown away: nothing in the model ever checks it. */
export const rootCertificate = `-----BEGIN CERTIFICATE-----
MIIBfjCCASWgAwIBAgIUe20DcjSAsrIBjjgZEpc+RgSxPKYwCgYIKoZIzj0EAwIw
FTETMBEGA1UEAwwKa3ViZXJuZXRlczAeFw0yNjExMjExMjIwMTJaFw0zNjExMTgx
MjIwMTJaMBUxEzARBgNVBAMMCmt1YmVybmV0ZXMwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARiHFD+Am43lIK3/YJcvb6ws9BY8QW1/tHNuCIcuHfRNiOILRkXzC/I
Q0gWBQsuyIkGCRm4pWawZTrn1zpoD0D1o1MwUTAdBgNVHQ4EFgQUqRQA0EZtfzGf
uQetZSvcVBtkWakwHwYDVR0jBBgwFoAUqRQA0EZtfzGfuQetZSvcVBtkWakwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiAQnGhdI+WUJ381N0XBJT46
66YQPSWyGqVVXh4St3o2xQIgRvgsj9GHqrSuKFK3tfAg1waVTfWrtvPcdHecfJEV
k5o=
-----END CERTIFICATE-----
`;
