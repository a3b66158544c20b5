package index

// Sort is an order of hits.
type Sort string

// The orders. Hits that are equal, or of which the date or duration is not known, come
// newest first, the unknown behind all others.
const (
	Relevance Sort = "relevance" // and "": the best score first
	Newest    Sort = "newest"
	Oldest    Sort = "oldest"
	Longest   Sort = "longest"
	Shortest  Sort = "shortest"
)

// Sorts lists the orders.
var Sorts = []Sort{Relevance, Newest, Oldest, Longest, Shortest}
