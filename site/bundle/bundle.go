// Package bundle turns TypeScript and CSS into what a browser loads: one minified
// file for each entry. It is the only door to esbuild, which runs in-process, so
// that building a site needs no Node.
package bundle

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// Format is how a bundled script offers what its entry exports.
type Format uint8

// A Module is an ES module for browsers and Node; a Global assigns the exports to
// one global variable, for engines without modules.
const (
	Module Format = iota
	Global
)

// ScriptOptions says how a script is bundled. GlobalName is used with Global only.
type ScriptOptions struct {
	Format     Format
	GlobalName string
}

// Script bundles the TypeScript file entry of fsys with all that it imports by
// relative path. Imports of URLs are left for the browser.
func Script(fsys fs.FS, entry string, opt ScriptOptions) ([]byte, error) {
	options := buildOptions(fsys, entry)
	options.Format = api.FormatESModule
	options.Target = api.ES2020
	if opt.Format == Global {
		options.Format = api.FormatIIFE
		options.GlobalName = opt.GlobalName
		options.Target = api.ES2017
	}
	return build(options)
}

// Style bundles the CSS file entry of fsys with all that it imports by relative
// path.
func Style(fsys fs.FS, entry string) ([]byte, error) {
	return build(buildOptions(fsys, entry))
}

func buildOptions(fsys fs.FS, entry string) api.BuildOptions {
	return api.BuildOptions{
		EntryPoints:       []string{entry},
		Bundle:            true,
		MinifyWhitespace:  true,
		MinifySyntax:      true,
		MinifyIdentifiers: true,
		Charset:           api.CharsetUTF8,
		LegalComments:     api.LegalCommentsNone,
		TsconfigRaw:       `{"compilerOptions":{"strict":true,"useDefineForClassFields":false}}`,
		Write:             false,
		LogLevel:          api.LogLevelSilent,
		Plugins:           []api.Plugin{reader(fsys)},
	}
}

// reader resolves and loads every module from fsys, so that nothing outside it
// can be read.
func reader(fsys fs.FS) api.Plugin {
	return api.Plugin{Name: "fs", Setup: func(b api.PluginBuild) {
		b.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
			return resolve(fsys, args)
		})
		b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "fs"}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
			src, err := fs.ReadFile(fsys, args.Path)
			text := string(src)
			return api.OnLoadResult{Contents: &text, Loader: loaderOf(args.Path)}, err
		})
	}}
}

func resolve(fsys fs.FS, args api.OnResolveArgs) (api.OnResolveResult, error) {
	if args.Kind == api.ResolveEntryPoint { // "./x" where x happens to exist below the working folder
		return api.OnResolveResult{Path: path.Clean(args.Path), Namespace: "fs"}, nil
	}
	if !strings.HasPrefix(args.Path, ".") {
		return api.OnResolveResult{Path: args.Path, External: true}, nil
	}
	name := path.Join(path.Dir(args.Importer), args.Path)
	for _, candidate := range []string{name, strings.TrimSuffix(name, ".js") + ".ts", name + ".ts"} {
		if info, err := fs.Stat(fsys, candidate); err == nil && !info.IsDir() {
			return api.OnResolveResult{Path: candidate, Namespace: "fs"}, nil
		}
	}
	return api.OnResolveResult{}, fmt.Errorf("%q imports %q, which does not exist", args.Importer, args.Path)
}

func loaderOf(name string) api.Loader {
	switch path.Ext(name) {
	case ".ts":
		return api.LoaderTS
	case ".css":
		return api.LoaderCSS
	case ".json":
		return api.LoaderJSON
	default:
		return api.LoaderJS
	}
}

func build(options api.BuildOptions) ([]byte, error) {
	result := api.Build(options)
	if len(result.Errors) > 0 {
		var lines []error
		for _, m := range result.Errors {
			lines = append(lines, errors.New(describe(m)))
		}
		return nil, fmt.Errorf("bundle %q: %w", options.EntryPoints[0], errors.Join(lines...))
	}
	return result.OutputFiles[0].Contents, nil
}

func describe(m api.Message) string {
	if m.Location == nil {
		return m.Text
	}
	return fmt.Sprintf("%s:%d:%d: %s", m.Location.File, m.Location.Line, m.Location.Column+1, m.Text)
}
