// Prints the Go types behind the API of one Kubernetes version as JSON: every struct that a served kind is made of, with its
// fields in declaration order, and the kinds that are registered. Run when a new version is taken in, see server/build/README.md.
package main

import (
	"encoding/json"
	"os"
	"reflect"
	"sort"
	"strings"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/apimachinery/pkg/version"
	"k8s.io/client-go/kubernetes/scheme"
	apiregistration "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
)

// Go name ("" when embedded), json tag, type, protobuf number ("" when it has none).
type field [4]string

var structs = map[string][]field{}
var named = map[string]string{}

func nameOf(t reflect.Type) string {
	if t.PkgPath() != "" {
		visit(t)
		return t.PkgPath() + "." + t.Name()
	}
	switch t.Kind() {
	case reflect.Pointer:
		return "*" + nameOf(t.Elem())
	case reflect.Slice:
		return "[]" + nameOf(t.Elem())
	case reflect.Map:
		return "map[" + nameOf(t.Key()) + "]" + nameOf(t.Elem())
	}
	return t.String()
}

func visit(t reflect.Type) {
	key := t.PkgPath() + "." + t.Name()
	if _, seen := structs[key]; seen {
		return
	}
	if _, seen := named[key]; seen {
		return
	}
	_, readsItself := reflect.PointerTo(t).MethodByName("UnmarshalJSON")
	switch {
	case readsItself:
		named[key] = "self"
	case t.Kind() == reflect.Struct:
		structs[key] = []field{}
		structs[key] = fieldsOf(t)
	case t.Kind() == reflect.Map:
		named[key] = "map[" + nameOf(t.Key()) + "]" + nameOf(t.Elem())
	case t.Kind() == reflect.Slice:
		named[key] = "[]" + nameOf(t.Elem())
	default:
		named[key] = t.Kind().String()
	}
}

func fieldsOf(t reflect.Type) []field {
	fields := []field{}
	for i := 0; i < t.NumField(); i++ {
		f := t.Field(i)
		if !f.IsExported() {
			continue
		}
		name := f.Name
		if f.Anonymous {
			name = ""
		}
		number := ""
		if parts := strings.Split(f.Tag.Get("protobuf"), ","); len(parts) > 1 {
			number = parts[1]
		}
		fields = append(fields, field{name, f.Tag.Get("json"), nameOf(f.Type), number})
	}
	return fields
}

func main() {
	all := runtime.NewScheme()
	utilruntime.Must(scheme.AddToScheme(all))
	kinds := map[string][]string{}
	for kind, t := range all.AllKnownTypes() {
		if kind.Version == "__internal" {
			continue
		}
		kinds[kind.GroupVersion().String()] = append(kinds[kind.GroupVersion().String()], kind.Kind)
		if strings.HasPrefix(t.PkgPath(), "k8s.io/api/") {
			visit(t)
		}
	}
	for _, list := range kinds {
		sort.Strings(list)
	}
	for _, root := range []any{
		apiextensions.CustomResourceDefinitionList{}, apiregistration.APIServiceList{}, version.Info{}, metav1.Status{}, metav1.DeleteOptions{},
		metav1.WatchEvent{}, metav1.APIGroupList{}, metav1.APIResourceList{}, metav1.APIVersions{},
	} {
		visit(reflect.TypeOf(root))
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	utilruntime.Must(out.Encode(map[string]any{"structs": structs, "named": named, "kinds": kinds}))
}
