package main

import (
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"faultline": func() {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
			defer stop()
			os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
		},
	})
}

// TestScripts runs the command line as people do. The first word of a script's
// name is the subcommand it is about.
func TestScripts(t *testing.T) {
	example, err := filepath.Abs(filepath.Join("..", "..", "content"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"same": same, "builds": builds, "serves": serves, "serving": serving, "page": answers, "bytes": writeBytes, "pipe": pipe, "replace": replace, "appends": appends,
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("CONTENT", example)
			env.Setenv("ODD", "bell\a\x1b[31m \xff\nend")
			return nil
		},
	})
}
