package index

import "math"

// The constants of the formula in the package comment.
const (
	saturation = 1.2  // k1
	shortening = 0.75 // b
	partWeight = 0.5  // of the parts of a word beside the whole
	coordinate = 0.3  // of having all words asked for

	everydayWeight = 0.5  // of the rarity of everyday words
	titleWeight    = 0.15 // of a word's rarity among titles, where the title has it

	tagWeight      = 1   // of what the tags have of the words, beside the words
	tagSaturation  = 0.3 // k1 of the tags, without regard to length
	compoundWeight = 0.7 // of a compound, beside its words
	compoundBoost  = 5   // what the weight of akin makes one occurrence of a compound
	mostCompound   = 3   // words
)

// rarity is the weight of a term that df of count documents have. It is rounded to
// six decimals, because logarithms differ between machines in the last digit.
func rarity(df, count int) float64 {
	n, d := float64(count), float64(df)
	return max(1e-6, math.Floor(float64(math.Log(1+(n-d+0.5)/(d+0.5))*1e6)+0.5)/1e6)
}

// lengthNorms returns for every document what its term frequencies are divided
// by: more for a document that is longer than most.
func lengthNorms(lengths []byte) []float64 {
	sum := 0
	for _, l := range lengths {
		sum += longLength(l)
	}
	average := max(1, float64(sum)/float64(max(1, len(lengths))))
	norms := make([]float64, len(lengths))
	for n, l := range lengths {
		norms[n] = saturation * (1 - shortening + float64(shortening*float64(longLength(l)))/average)
	}
	return norms
}

// weigh is the score of a term of the given rarity that a document has with the
// weighted frequency tf.
func weigh(rarity, tf, norm float64) float64 {
	return float64(rarity * (tf / (tf + norm)))
}

// shortLength keeps the five leading bits of a length: one byte, at most 3 % off.
func shortLength(length int) byte {
	exponent := 0
	for length >= 32 {
		length >>= 1
		exponent++
	}
	if length < 16 {
		return byte(length)
	}
	return byte(min((exponent+1)*16+length-16, 255))
}

// longLength is the length that shortLength has kept.
func longLength(short byte) int {
	if short < 16 {
		return int(short)
	}
	return (int(short&15) + 16) << (short>>4 - 1)
}

// rounded keeps 30 bits of a score, nine decimal digits: scores that differ by
// less are equal and ordered by date. The two differences are exact.
func rounded(score float64) float64 {
	c := float64(score * (1<<23 + 1))
	return c - (c - score)
}

// coordination is what a score is multiplied with: of the words asked for, the more
// a document has, the better.
func coordination(met, asked int) float64 {
	return 1 - coordinate + float64(coordinate*(float64(met)/float64(asked)))
}
