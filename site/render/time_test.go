package render

import (
	"slices"
	"testing"
	"time"

	"faultline/site/pattern"
)

// monthsFrom are so many months without a gap.
func monthsFrom(year int, first time.Month, n int) []pattern.Month {
	var months []pattern.Month
	for i := range n {
		m := int(first) - 1 + i
		months = append(months, pattern.Month{Year: year + m/12, Month: time.Month(m%12 + 1)})
	}
	return months
}

func TestNamesOfYearsDoNotRunIntoEachOther(t *testing.T) {
	for _, test := range []struct {
		name   string
		months []pattern.Month
		want   []string
	}{
		{"the first year is nearly over", monthsFrom(2019, time.November, 65), []string{"2020 start", "2021 start", "2022 start", "2023 start", "2024 start", "2025 end"}},
		{"it is not", monthsFrom(2019, time.February, 36), []string{"2019 start", "2020 start", "2021 start", "2022 end"}},
		{"it is the only one", monthsFrom(2019, time.November, 2), []string{"2019 start"}},
		{"no month", nil, nil},
	} {
		var got []string
		for _, m := range yearMarks(test.months) {
			got = append(got, m.Label+" "+m.Anchor)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
