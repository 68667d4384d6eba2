// Manifests as people write them, for tests that damage or multiply them.
export const deployment = (name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels: &labels
    app: ${name} # the only label
spec:
  replicas: 3
  selector:
    matchLabels: *labels
  strategy:
    rollingUpdate: { maxSurge: 1, maxUnavailable: 25% }
  template:
    metadata:
      labels:
        <<: *labels
        tier: "front"
    spec:
      containers:
        - name: web
          image: nginx:1.25
          args: [--port, '80', "a\\tb"]
          ports:
            - containerPort: 80
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
          command:
          - sh
          - -c
          - |
            echo one
            echo "two: three"
`;

const service = (name: string): string => `apiVersion: v1
kind: Service
metadata: {name: ${name}, annotations: {"on": "off"}}
spec:
  ports:
  - {port: 80, targetPort: http}
  selector:
    app: ${name}
`;

export const configMap = (name: string): string => `# settings
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
data:
  settings.ini: |-
    [main]
    dashes = ---
  folded: >
    one
    two

  quoted: "a
    b"
  空: 日本語 😀
`;

export const manifest = `${deployment('web')}---\n${service('web')}--- # settings\n${configMap('web')}...\n%YAML 1.1\n---\n${configMap('more')}`;

export const json = `${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { k: '{"x": "}"}' } }, null, 2)}\n{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b"}}`;
