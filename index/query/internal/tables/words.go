package tables

// StopWords are the English words that say nothing about an incident. Words that
// may ("down", "up", "off", "all", "after") are not among them.
const StopWords = "a an and are as at be been but by can could did didnt do does doesnt for from had has have he " +
	"her his how i if in into is isnt it its me my no not of on or our she should so some such than that the their " +
	"them then there these they this those to was wasnt we were what when where which while who why will with would you your"
