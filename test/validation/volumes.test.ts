// Volumes of every type: rules that the recordings do not show.
import { describe, expect, test } from 'vitest';
import { container, findingsIn, podOf } from './objects.ts';

/** What is wrong with a volume `v` of a pod `web`, with the path to its source left out. */
const volume = (source: object) => findingsIn(podOf({ volumes: [{ name: 'v', ...source }] })).map((text) => text.replace(/^spec\.volumes\[0\]\.?/, ''));

test.each<[title: string, source: object, findings: readonly string[]]>([
  [
    'gcePersistentDisk',
    { gcePersistentDisk: { pdName: 'd', partition: 256 } },
    ['persistentDisk.partition: Invalid value: 256: must be between 1 and 255, inclusive'],
  ],
  ['awsElasticBlockStore', { awsElasticBlockStore: { volumeID: '' } }, ['awsElasticBlockStore.volumeID: Required value']],
  [
    'gitRepo',
    { gitRepo: { repository: 'r', directory: '/a/..' } },
    ['gitRepo.directory: Invalid value: "/a/..": must be a relative path', 'gitRepo.directory: Invalid value: "/a/..": must not contain \'..\''],
  ],
  ['glusterfs', { glusterfs: {} }, ['glusterfs.endpoints: Required value', 'glusterfs.path: Required value']],
  ['flocker, neither', { flocker: {} }, ['flocker: Required value: one of datasetName and datasetUUID is required']],
  [
    'flocker, both',
    { flocker: { datasetName: 'a/b', datasetUUID: 'c' } },
    [
      'flocker: Invalid value: "resource": datasetName and datasetUUID can not be specified simultaneously',
      'flocker.datasetName: Invalid value: "a/b": must not contain \'/\'',
    ],
  ],
  [
    'quobyte',
    { quobyte: { registry: 'host', volume: 'v' } },
    ['quobyte.registry: Invalid value: "host": must be a host:port pair or multiple pairs separated by commas'],
  ],
  ['quobyte, several', { quobyte: { registry: 'a:1,[::1]:2', volume: 'v' } }, []],
  ['fc, neither', { fc: {} }, ['fc.targetWWNs: Required value: must specify either targetWWNs or wwids, but not both']],
  ['fc without lun', { fc: { targetWWNs: ['a'] } }, ['fc.lun: Required value: lun is required if targetWWNs is specified']],
  ['fc, lun 256', { fc: { targetWWNs: ['a'], lun: 256 } }, ['fc.lun: Invalid value: 256: must be between 0 and 255, inclusive']],
  [
    'flexVolume',
    { flexVolume: { driver: 'd', options: { 'A.KUBERNETES.IO/b': 'c', 'x.k8s.io': 'd', 'k8s.io.example.com/a': 'e' } } },
    [
      'flexVolume.options[A.KUBERNETES.IO/b]: Invalid value: "A.KUBERNETES.IO/b": kubernetes.io and k8s.io namespaces are reserved',
      'flexVolume.options[x.k8s.io]: Invalid value: "x.k8s.io": kubernetes.io and k8s.io namespaces are reserved',
    ],
  ],
  ['iscsi', { iscsi: { targetPortal: 'p', iqn: 'x', lun: 0 } }, ['iscsi.iqn: Invalid value: "x": must be valid format starting with iqn, eui, or naa']],
  ['iscsi with secret', { iscsi: { targetPortal: 'p', iqn: 'iqn.2026-01.com.example:a', lun: 0, chapAuthSession: true } }, ['iscsi.secretRef: Required value']],
  [
    'iscsi with a long name',
    { iscsi: { targetPortal: 'p'.repeat(63), iqn: 'iqn.2026-01.com.example:a', lun: 0, initiatorName: 'iqn.2026-01.com.example:b' } },
    ['name: Invalid value: "v": Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.'],
  ],
  ['azureFile', { azureFile: {} }, ['azureFile.secretName: Required value', 'azureFile.shareName: Required value']],
  [
    'azureDisk',
    { azureDisk: { diskName: 'd', diskURI: 'x', kind: 'Managed' } },
    [
      'azureDisk.diskURI: Unsupported value: "x": supported values: "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}"',
    ],
  ],
  ['vsphereVolume', { vsphereVolume: {} }, ['vsphereVolume.volumePath: Required value']],
  ['photonPersistentDisk', { photonPersistentDisk: {} }, ['photonPersistentDisk.pdID: Required value']],
  ['portworxVolume', { portworxVolume: {} }, ['portworxVolume.volumeID: Required value']],
  ['scaleIO', { scaleIO: {} }, ['scaleIO.gateway: Required value', 'scaleIO.system: Required value', 'scaleIO.volumeName: Required value']],
  ['storageos', { storageos: {} }, ['storageos.volumeName: Required value']],
  ['cinder', { cinder: { secretRef: {} } }, ['cinder.volumeID: Required value', 'cinder.secretRef.name: Required value']],
  [
    'csi',
    { csi: { driver: 'a'.repeat(64), nodePublishSecretRef: {} } },
    ['csi.driver: Too long: may not be more than 63 bytes', 'csi.nodePublishSecretRef.name: Required value'],
  ],
  ['csi, the longest driver', { csi: { driver: 'a'.repeat(63) } }, []],
  ['image', { image: { reference: '' } }, ['image.reference: Required value']],
  [
    'hostPath',
    { hostPath: { path: '/a/../b', type: 'X' } },
    [
      'hostPath.path: Invalid value: "/a/../b": must not contain \'..\'',
      'hostPath.type: Unsupported value: "X": supported values: "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"',
    ],
  ],
  [
    'a file of the kubelet',
    { configMap: { name: 'm', items: [{ key: 'k', path: '..data' }] } },
    ['configMap.items[0].path: Invalid value: "..data": must not start with \'..\''],
  ],
  [
    'several types',
    { emptyDir: {}, hostPath: { path: '/' }, downwardAPI: {} },
    ['hostPath: Forbidden: may not specify more than 1 volume type', 'downwarAPI: Forbidden: may not specify more than 1 volume type'],
  ],
])('%s', (_, source, findings) => expect(volume(source)).toEqual(findings));

describe('ephemeral volumes', () => {
  const claim = (spec: object, metadata: object = {}) =>
    volume({
      ephemeral: { volumeClaimTemplate: { metadata, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec } } },
    }).map((text) => text.replace('ephemeral.volumeClaimTemplate.', ''));

  test.each<[title: string, findings: readonly string[], expected: readonly string[]]>([
    ['a common claim', claim({}), []],
    [
      'metadata that would be lost',
      claim({}, { name: 'n', uid: 'u', labels: { a: 'b' } }),
      ['metadata.name: Forbidden: cannot be set', 'metadata.uID: Forbidden: cannot be set'],
    ],
    ['no access mode', claim({ accessModes: [] }), ['spec.accessModes: Required value: at least 1 access mode is required']],
    [
      'modes that exclude each other',
      claim({ accessModes: ['ReadWriteOncePod', 'ReadOnlyMany'] }),
      ['spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes'],
    ],
    ['no storage', claim({ resources: {} }), ['spec.resources[storage]: Required value']],
    ['storage of nothing', claim({ resources: { requests: { storage: '0' } } }), ['spec.resources[storage]: Invalid value: "0": must be greater than zero']],
    ['a volume mode', claim({ volumeMode: 'X' }), ['spec.volumeMode: Unsupported value: "X": supported values: "Block", "Filesystem"']],
    [
      'a source that is no claim',
      claim({ dataSource: { kind: 'Pod', name: 'p' } }),
      ['spec.dataSource: Invalid value: "Pod": must be \'PersistentVolumeClaim\' when referencing the default apiGroup'],
    ],
    [
      'two sources',
      claim({ dataSource: { kind: 'PersistentVolumeClaim', name: 'a' }, dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'b' } }),
      ['spec: Invalid value: {}: must match dataSourceRef'],
    ],
  ])('%s', (_, findings, expected) => expect(findings).toEqual(expected));

  test('the claim is named after pod and volume, and nobody else mounts it', () => {
    const template = { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } };
    const volumes = [
      { name: 'v', ephemeral: { volumeClaimTemplate: template } },
      { name: 'w', persistentVolumeClaim: { claimName: 'web-v' } },
    ];
    expect(findingsIn(podOf({ volumes }))).toEqual([
      'spec.volumes[1].persistentVolumeClaim.claimName: Invalid value: "web-v": must not reference a PVC that gets created for an ephemeral volume',
    ]);
  });
});

describe('projected volumes', () => {
  const projected = (...sources: object[]) => volume({ projected: { sources } });
  const items = (path: string) => [{ key: 'k', path }];

  test('two sources do not write one file', () => {
    expect(projected({ secret: { name: 's', items: items('a') } }, { configMap: { name: 'm', items: items('a') } })).toEqual([
      'projected: Invalid value: "m": conflicting duplicate paths',
    ]);
  });

  test('a source is of one kind', () => {
    expect(projected({ secret: { name: 's' }, configMap: { name: 'm' } })).toEqual([
      'projected.sources[0]: Forbidden: may not specify more than 1 volume type per source',
    ]);
  });

  test('what a pod says of itself', () => {
    expect(projected({ downwardAPI: { items: [{ path: 'a' }, { path: 'b', resourceFieldRef: { resource: 'limits.cpu' } }] } })).toEqual([
      'projected.sources[0].downwardAPI: Required value: one of fieldRef and resourceFieldRef is required',
      'projected.sources[0].downwardAPI.resourceFieldRef.containerName: Required value',
    ]);
  });
});

describe('mounts', () => {
  const claim = { name: 'v', persistentVolumeClaim: { claimName: 'c' } };
  const mounted = (fields: object) =>
    findingsIn(podOf({ volumes: [claim, { name: 'd', emptyDir: {} }], containers: [{ ...container, ...fields }] })).map((text) =>
      text.replace('spec.containers[0].', ''),
    );
  const mount = (fields: object) => mounted({ volumeMounts: [{ name: 'v', mountPath: '/v', ...fields }] });

  test.each<[title: string, findings: readonly string[], expected: readonly string[]]>([
    ['up and away', mount({ subPath: '../a' }), ['volumeMounts.subPath: Invalid value: "../a": must not contain \'..\'']],
    [
      'two ways to say where',
      mount({ subPath: 'a', subPathExpr: 'b' }),
      ['volumeMounts[0].subPathExpr: Invalid value: "b": subPathExpr and subPath are mutually exclusive'],
    ],
    [
      'out to the host',
      mount({ mountPropagation: 'Bidirectional' }),
      ['volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers'],
    ],
    [
      'read only all the way down',
      mount({ recursiveReadOnly: 'Enabled', mountPropagation: 'HostToContainer' }),
      [
        'volumeMounts.recursiveReadOnly: Forbidden: may only be specified when readOnly is true',
        'volumeMounts.recursiveReadOnly: Forbidden: may only be specified when mountPropagation is None or not specified',
      ],
    ],
    [
      'a directory is no device',
      mounted({ volumeDevices: [{ name: 'd', devicePath: '/d' }] }),
      ['volumeDevices[0].name: Invalid value: "d": can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode'],
    ],
    [
      'a volume is mounted or a device, not both',
      mounted({ volumeDevices: [{ name: 'v', devicePath: '/v' }], volumeMounts: [{ name: 'v', mountPath: '/v' }] }),
      [
        'volumeMounts[0].name: Invalid value: "v": must not already exist in volumeDevices',
        'volumeMounts[0].mountPath: Invalid value: "/v": must not already exist as a path in volumeDevices',
        'volumeDevices[0].name: Invalid value: "v": must not already exist in volumeMounts',
        'volumeDevices[0].devicePath: Invalid value: "/v": must not already exist as a path in volumeMounts',
      ],
    ],
  ])('%s', (_, findings, expected) => expect(findings).toEqual(expected));
});
