// Prints the Go types behind the API of one Kubernetes version as JSON: every struct that a served kind is made of, with its
// fields in declaration order, the kinds that are registered, and what is written about the fields that hold another struct
// (the npm package that the other descriptions come from has none of those). Run when a new version is taken in, see
// server/build/README.md.
package main

import (
	"encoding/json"
	"os"
	"reflect"
	"sort"
	"strings"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apiextensionsopenapi "k8s.io/apiextensions-apiserver/pkg/generated/openapi"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/apimachinery/pkg/version"
	"k8s.io/client-go/kubernetes/scheme"
	apiregistration "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
	apiregistrationopenapi "k8s.io/kube-aggregator/pkg/generated/openapi"
	"k8s.io/kube-openapi/pkg/common"
	"k8s.io/kube-openapi/pkg/validation/spec"
)

// Go name ("" when embedded), json tag, type, protobuf number ("" when it has none).
type field [4]string

var structs = map[string][]field{}
var named = map[string]string{}
var docs = map[string]map[string]string{}

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
		if texts := docsOf(t); len(texts) > 0 {
			docs[key] = texts
		}
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

func docsOf(t reflect.Type) map[string]string {
	texts := map[string]string{}
	documented, ok := reflect.New(t).Interface().(interface{ SwaggerDoc() map[string]string })
	for i := 0; i < t.NumField(); i++ {
		f := t.Field(i)
		json := strings.Split(f.Tag.Get("json"), ",")[0]
		elem := f.Type
		if elem.Kind() == reflect.Pointer {
			elem = elem.Elem()
		}
		if elem.Kind() != reflect.Struct || !f.IsExported() {
			continue
		}
		if json == "" {
			for name, text := range docsOf(elem) {
				texts[name] = text
			}
		} else if ok && documented.SwaggerDoc()[json] != "" {
			texts[json] = documented.SwaggerDoc()[json]
		}
	}
	return texts
}

// Two packages have no SwaggerDoc methods; their texts are in OpenAPI definitions.
func addOpenAPIDocs() {
	reference := func(path string) spec.Ref { return spec.MustCreateRef(path) }
	for _, definitions := range []map[string]common.OpenAPIDefinition{
		apiextensionsopenapi.GetOpenAPIDefinitions(reference), apiregistrationopenapi.GetOpenAPIDefinitions(reference),
	} {
		for _, t := range []string{"apiextensions-apiserver/pkg/apis/apiextensions/v1.", "kube-aggregator/pkg/apis/apiregistration/v1."} {
			for name, definition := range definitions {
				dotted := "io.k8s." + strings.ReplaceAll(t, "/", ".")
				if !strings.HasPrefix(name, dotted) && !strings.HasPrefix(name, "k8s.io/"+t) {
					continue
				}
				texts := map[string]string{}
				for json, property := range definition.Schema.Properties {
					if len(property.Type) == 0 && property.Description != "" {
						texts[json] = property.Description
					}
				}
				if len(texts) > 0 {
					docs["k8s.io/"+t+name[strings.LastIndex(name, ".")+1:]] = texts
				}
			}
		}
	}
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
	addOpenAPIDocs()
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	utilruntime.Must(out.Encode(map[string]any{"structs": structs, "named": named, "kinds": kinds, "docs": docs}))
}
