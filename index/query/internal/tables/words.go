package tables

// StopWords are the English words that say nothing about an incident. Words that
// may ("down", "up", "off", "all", "after") are not among them.
const StopWords = "a an and are as at be been but by can could did didnt do does doesnt for from had has have he " +
	"her his how i if in into is isnt it its me my no not of on or our she should so some such than that the their " +
	"them then there these they this those to was wasnt we were what when where which while who why will with would you your"

// EverydayWords are words of a question that say less about an incident than their rarity
// in a few hundred reports makes believe.
const EverydayWords = "after before because since until during again every everything everyone each other another all any some more " +
	"most many much few several only just even also still already never always often once then here nobody nothing something somebody " +
	"someone anything cannot get got go went come came make made give gave see saw look want need use try let put seem became turn told " +
	"tell said say know knew new same one two three first last next very too really suddenly about around across through over under " +
	"within without between back away instead both either least own thing way lot people person"
