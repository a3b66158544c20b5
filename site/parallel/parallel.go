// Package parallel spreads work over the processors.
package parallel

import (
	"runtime"
	"sync"
)

// Each calls do for 0 to n-1 on all processors and returns when all are done.
func Each(n int, do func(i int)) {
	var wg sync.WaitGroup
	workers := min(n, runtime.GOMAXPROCS(0))
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n; i += workers {
				do(i)
			}
		})
	}
	wg.Wait()
}
