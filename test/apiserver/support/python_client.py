"""The official Python client against a served cluster. Prints "ok NAME" for each thing that worked; fails with a traceback."""
import sys
import threading
import time

from kubernetes import client, config, watch
from kubernetes.client.rest import ApiException
from kubernetes.stream import stream

config.load_kube_config(sys.argv[1])
core, apps = client.CoreV1Api(), client.AppsV1Api()
namespace = "default"
labels = {"app": "python"}


def done(name):
    print("ok", name, flush=True)


def config_map(name, value):
    return client.V1ConfigMap(metadata=client.V1ObjectMeta(name=name), data={"value": value})


def code_of(call, *args, **options):
    try:
        call(*args, **options)
    except ApiException as error:
        return error.status
    return 200


for number in range(3):
    core.create_namespaced_config_map(namespace, config_map(f"py-{number}", "1"))
first = core.list_namespaced_config_map(namespace, limit=2)
rest = core.list_namespaced_config_map(namespace, limit=10, _continue=first.metadata._continue)
assert len(first.items) == 2 and [item.metadata.name for item in rest.items][-1] == "py-2"
done("list")

assert core.patch_namespaced_config_map("py-0", namespace, {"data": {"more": "x"}}).data == {"value": "1", "more": "x"}
read = core.read_namespaced_config_map("py-1", namespace)
read.data = {"value": "2"}
core.replace_namespaced_config_map("py-1", namespace, read)
assert code_of(core.replace_namespaced_config_map, "py-1", namespace, read) == 409
core.delete_namespaced_config_map("py-1", namespace)
assert code_of(core.read_namespaced_config_map, "py-1", namespace) == 404
done("patch")


def apply(manager, value, **options):
    body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "py-shared"}, "data": {"value": value}}
    return core.patch_namespaced_config_map("py-shared", namespace, body, field_manager=manager, _content_type="application/apply-patch+yaml", **options)


apply("one", "a")
assert code_of(apply, "two", "b") == 409
assert [entry.manager for entry in apply("two", "b", force=True).metadata.managed_fields] == ["two"]
done("server-side apply")

container = client.V1Container(name="web", image="nginx:1.27")
template = client.V1PodTemplateSpec(metadata=client.V1ObjectMeta(labels=labels), spec=client.V1PodSpec(containers=[container]))
spec = client.V1DeploymentSpec(replicas=2, selector=client.V1LabelSelector(match_labels=labels), template=template)
deployment = client.V1Deployment(metadata=client.V1ObjectMeta(name="python"), spec=spec)
threading.Timer(0.5, lambda: apps.create_namespaced_deployment(namespace, deployment)).start()
ready = set()
for event in watch.Watch().stream(core.list_namespaced_pod, namespace, label_selector="app=python", timeout_seconds=30):
    pod = event["object"]
    if any(condition.type == "Ready" and condition.status == "True" for condition in pod.status.conditions or []):
        ready.add(pod.metadata.name)
    if len(ready) == 2:
        break
assert len(ready) == 2
done("watch")

name = sorted(ready)[0]
# It has only just started.
for _ in range(100):
    if "nginx" in core.read_namespaced_pod_log(name, namespace):
        break
    time.sleep(0.1)
else:
    raise AssertionError("no log of nginx")
done("log")

said = stream(core.connect_get_namespaced_pod_exec, name, namespace, command=["hostname"], stdout=True, stderr=True, stdin=False, tty=False)
assert said.strip() == name, said
done("exec")
