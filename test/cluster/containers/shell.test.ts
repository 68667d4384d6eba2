// The simulated shell: a part of POSIX sh, and the limits that keep any script from holding up the clock.
import { describe, expect, test } from 'vitest';
import { Harbour } from './support.ts';

const harbour = new Harbour()
  .create('', 'configmaps', 'ConfigMap', 'settings', { data: { COLOUR: 'bläu', 'a.conf': 'one\ntwo\n' } })
  .create('', 'secrets', 'Secret', 'key', { data: { token: 'czNjcmV0' } })
  .pod('box', {
    container: {
      env: [
        { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        { name: 'HELLO', value: 'hi $(POD) $$(POD) $(NOPE)' },
        { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'key', key: 'token' } } },
        { name: 'CPU', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
      ],
      envFrom: [{ prefix: 'S_', configMapRef: { name: 'settings' } }],
      resources: { limits: { cpu: '1500m' } },
      volumeMounts: [
        { name: 'settings', mountPath: '/etc/settings' },
        { name: 'key', mountPath: '/etc/key', readOnly: true },
        { name: 'scratch', mountPath: '/scratch' },
        { name: 'info', mountPath: '/etc/info' },
      ],
    },
    spec: {
      volumes: [
        { name: 'settings', configMap: { name: 'settings' } },
        { name: 'key', secret: { secretName: 'key', items: [{ key: 'token', path: 'deep/t', mode: 0o400 }] } },
        { name: 'scratch', emptyDir: {} },
        { name: 'info', downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: "metadata.labels['app']" } }] } },
      ],
    },
  })
  .pod('web', { image: 'nginx:1.27', container: { ports: [{ name: 'http', containerPort: 80 }] } })
  .service('web', 8080, 'http')
  .service('nobody', 80);

describe('language', () => {
  test.each([
    ['echo "a  b" c\\ d \'$x\'', 'a  b c d $x\n'],
    ['x=1; y="$x$x"; echo ${y} ${z:-none} ${#y} "${y%1}" "${y#1}"', '11 none 2 1 1\n'],
    ['for i in 1 2 3; do [ $i -eq 2 ] && continue; echo $i; done', '1\n3\n'],
    ['i=0; while [ $i -lt 3 ]; do i=$((i + 1)); done; echo $i $((2 * (3 + 4) % 5))', '3 4\n'],
    ['if false; then echo a; elif true; then echo b; else echo c; fi', 'b\n'],
    ['case abc in x) echo 1;; a*|q) echo 2;; *) echo 3;; esac', '2\n'],
    ['f() { echo "$1-$#"; return 3; }; f a b || echo $?', 'a-2\n3\n'],
    ['printf "%s=%03d\\n" a 7 b 12', 'a=007\nb=012\n'],
    ['seq 1 9 | grep -v 5 | tail -n 2 | tr "8" "x"', 'x\n9\n'],
    ['(cd /etc; pwd); pwd; { echo one; echo two; } | wc -l', '/etc\n/\n2\n'],
    ['cat <<EOF\n$((1+1))\nEOF', '2\n'],
    ['echo $(echo a; echo b) `echo c`', 'a b c\n'],
    ['set -- x y; for a; do echo $a; done; echo "$@" $#', 'x\ny\nx y 2\n'],
    ['echo out >/dev/null; { echo err >&2; } 2>/dev/null; true && ! false && echo yes', 'yes\n'],
    ['echo "b a" | awk \'{print $2}\'; echo x=1 | cut -d= -f2; echo hello | sed s/l/L/g', 'a\n1\nheLLo\n'],
    [
      String.raw`echo user=ann | sed 's/\(.*\)=\(.*\)/\2 \& [&] \1/'; echo abab | sed -E 's/(a)b/\1-/'; echo A.b | sed 's/a\./x/i'`,
      'ann & [user=ann] user\na-ab\nxb\n',
    ],
    [
      'printf "one 1\\ntwo 22\\n" | grep -oE "[0-9]+"; echo "a+b" | grep -F "a+b"; echo "a(b" | grep "a(b"; echo cat | grep -w ca || echo none',
      '1\n22\na+b\na(b\nnone\n',
    ],
    [
      'mkdir -p /tmp/f; touch /tmp/f/a.conf /tmp/f/b.txt /tmp/f/ab.conf; find /tmp/f -name "?.conf"; find /tmp/f -name "a*.c*"; rm -rf /tmp/f',
      '/tmp/f/a.conf\n/tmp/f/a.conf\n/tmp/f/ab.conf\n',
    ],
    [`echo ${'a'.repeat(40)}! | grep -cE '^(a+)+$' || true`, '0\n'],
    ["sh -c 'echo $0 $1' name arg; echo a b | xargs -n 1 echo +", 'name arg\n+ a\n+ b\n'],
  ])('%s', (script, printed) => expect(harbour.sh('box', script)).toBe(printed));

  test.each([
    ['exit 7', 7, ''],
    ['nothing-like-it', 127, 'sh: nothing-like-it: not found\n'],
    ['false; true; false', 1, ''],
    ['set -e; false; echo never', 1, ''],
    ['echo "open', 2, 'sh: syntax error: unterminated quoted string\n'],
    ['if true', 2, 'sh: syntax error: unexpected end of file (expecting "then")\n'],
    ['cat /nope', 1, "cat: can't open '/nope': No such file or directory\n"],
    ['echo x > /etc/key/new', 1, "sh: can't create /etc/key/new: Read-only file system\n"],
  ])('%s ends with %i', (script, code, err) => expect(harbour.run('box', ['sh', '-c', script])).toEqual({ out: '', err, code }));
});

describe('what is in a container', () => {
  test('[S1] its environment, with what it refers to', () => {
    expect(harbour.sh('box', 'echo $HELLO; echo $TOKEN $CPU $S_COLOUR $HOSTNAME $KUBERNETES_SERVICE_HOST')).toBe(
      'hi box $(POD) $(NOPE)\ns3cret 2 bläu box 10.96.0.1\n',
    );
  });

  test('[S2] its volumes, and the objects as they are now', () => {
    expect(harbour.sh('box', 'ls /etc/settings; cat /etc/settings/a.conf /etc/key/deep/t; echo; cat /etc/info/labels')).toBe(
      'COLOUR\na.conf\none\ntwo\ns3cret\nbox',
    );
    const patch = { data: { 'a.conf': 'three\n' } };
    harbour.cluster.request({ verb: 'patch', group: '', resource: 'configmaps', namespace: 'default', name: 'settings', patchType: 'merge', body: patch });
    expect(harbour.sh('box', 'cat /etc/settings/a.conf')).toBe('three\n');
  });

  test('[S3] what is written stays, and a fork goes its own way', () => {
    harbour.sh('box', 'echo kept > /scratch/a; mkdir -p /tmp/d; cp /scratch/a /tmp/d/b');
    const fork = new Harbour(harbour.cluster.fork());
    fork.sh('box', 'echo other > /scratch/a');
    expect([harbour.sh('box', 'cat /scratch/a; find /tmp -type f'), fork.sh('box', 'cat /scratch/a')]).toEqual(['kept\n/tmp/d/b\n', 'other\n']);
  });

  test('[S4] tar takes out what tar put in', () => {
    const { out } = harbour.run('box', ['sh', '-c', 'mkdir -p /t/in; echo 1 > /t/in/x; tar cf - -C /t in']);
    expect(out.length % 512).toBe(0);
    expect(harbour.run('box', ['tar', 'xf', '-', '-C', '/scratch'], out).code).toBe(0);
    expect(harbour.sh('box', 'cat /scratch/in/x')).toBe('1\n');
  });

  test('[S5] a program that is not there, in the words of the runtime', () => {
    expect(() => harbour.start('box', ['bash'])).toThrow('exec: "bash": executable file not found in $PATH: unknown');
    expect(() => harbour.start('web', ['/bin/none'])).toThrow('exec: "/bin/none": stat /bin/none: no such file or directory: unknown');
  });
});

describe('network', () => {
  test('[S6] a service leads to its ready pods', () => {
    expect(harbour.sh('box', 'wget -qO- http://web:8080')).toContain('Served by pod web.');
    expect(harbour.sh('box', 'nslookup web.default.svc.cluster.local | grep Name')).toBe('Name:\tweb.default.svc.cluster.local\n');
  });

  test('[S7] nobody behind it, no such name, no such port', () => {
    expect(harbour.run('box', ['wget', '-qO-', 'nobody']).err).toMatch(/can't connect to remote host \(10\.\S+\): Connection refused/);
    expect(harbour.run('box', ['wget', '-qO-', 'http://nope']).err).toBe("wget: bad address 'nope'\n");
    expect(harbour.run('box', ['wget', '-T', '2', '-qO-', 'web:81']).err).toContain('timed out');
    expect(harbour.run('web', ['curl', '-sS', 'nope'])).toEqual({ out: '', err: 'curl: (6) Could not resolve host: nope\n', code: 6 });
  });
});

describe('limits', () => {
  test('[S8] input is waited for, and ends', () => {
    const process = harbour.start('box', ['sh', '-c', 'read a; echo "got $a"; cat'], true);
    expect(process.advance(harbour.cluster.agenda.now).stdout).toBe('');
    process.write('x\nrest');
    expect(process.advance(harbour.cluster.agenda.now).stdout).toBe('got x\nrest');
    process.endInput();
    process.advance(harbour.cluster.agenda.now);
    expect(process.exitCode).toBe(0);
  });

  test('[S9] a sleep takes virtual time', () => {
    const before = harbour.cluster.agenda.now;
    harbour.sh('box', 'sleep 90; sleep 1m');
    expect(harbour.cluster.agenda.now - before).toBe(150_000);
  });

  test.each(['while :; do :; done', 'yes | cat > /dev/null', 'f() { f; }; f', 'x=a; while :; do x=$x$x; done', ': $(yes)'])('[S10] %s gives way', (script) => {
    const process = harbour.start('box', ['sh', '-c', script]);
    const started = performance.now();
    for (let i = 0; i < 3; i++) process.advance(harbour.cluster.agenda.now);
    // Without end it would be; how quick it is depends on what else the machine does.
    expect(performance.now() - started).toBeLessThan(30_000);
  });

  test('[S11] a reader that has enough stops the writer', () => {
    expect(harbour.sh('box', 'yes | head -n 2; yes | head -c 1000000 | wc -c')).toBe('y\ny\n1000000\n');
  });
});
