let failures = 0;

// once gives one promise to all who ask, until it fails: then the next who asks tries
// again. Browsers remember that a script could not be had; again is what makes it another
// address.
export function once<T>(load: (again: string) => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    if (!loaded) {
      loaded = load(failures ? `?${failures}` : "");
      loaded.catch(() => {
        loaded = undefined;
        failures++;
      });
    }
    return loaded;
  };
}
