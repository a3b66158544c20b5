// The orders of hits: the mirror of sort.go in package index.

export type Sort = "relevance" | "newest" | "oldest" | "longest" | "shortest";
