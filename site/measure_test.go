package site

import (
	"fmt"
	"strings"
	"testing"
)

func TestMeasureSVG(t *testing.T) {
	for text, want := range map[string]string{
		`<svg width="120" height="40.4px"/>`: "120x40",
		`<?xml version="1.0" encoding="ISO-8859-1"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 150">`: "300x150",
		`<svg width="100%" height="100%" viewBox="0,0,30,15"/>`:                                                               "30x15",
		`<svg width="10em" height="5em"/>`:                                                                                    "0x0",
		`<svg width="NaN" height="1e99" viewBox="0 0 -1 Inf"/>`:                                                               "0x0",
		`<html width="3" height="3"/>`:                                                                                        "0x0",
		`<svg width="3"`:                                                                                                      "0x0",
		``:                                                                                                                    "0x0",
		strings.Repeat(" ", 70<<10) + `<svg width="3" height="3"/>`:                                                           "0x0",
	} {
		w, h := measureSVG(strings.NewReader(text))
		if got := fmt.Sprintf("%dx%d", w, h); got != want {
			t.Errorf("%.60q is %s, want %s", text, got, want)
		}
	}
}

// TestAssetURL holds that the address of a file can be stored on every system.
func TestAssetURL(t *testing.T) {
	hash := []byte{1, 2, 3, 4, 5}
	for name, want := range map[string]string{
		"img/graph 1.PNG": "media/img/graph 1.0102030405.png", "con.png": "media/-con.0102030405.png", "aux/a.png": "media/-aux/a.0102030405.png",
		"dir. /a.png": "media/dir/a.0102030405.png", "../x/.png": "media/-/x/-.0102030405.png", "a:b?.svg": "media/a-b-.0102030405.svg",
	} {
		if got := assetURL(name, hash); got != want {
			t.Errorf("%q has the address %q, want %q", name, got, want)
		}
	}
}
