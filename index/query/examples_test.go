package query_test

// examples are texts and queries as people write and paste them.
var examples = []string{
	"", " ", "\"", "+", "-", "- +", "\"\"", "+\"\"", "-\"\"", "🔥", "👩‍💻", "\x00\x01\x7f", "\ufffd",
	"replica was not promoted", "\"to be or not to be\"", "the", "not",
	"panic: runtime error: index out of range [-1]", "HTTP 503 - upstream connect error", "C++", "C# F# g++ C++11 a#b i++", "--flag", "-Xmx512m",
	"a-b", "-x", "-x -y", "foo -bar", "foo -\"bar baz\"", "+foo +\"bar baz\" qux", "exit code -1", "+0000 at +503", "5\" disk", "\"open",
	"say \"hello world", "“curly quotes” „so“ ＂wide＂", "title:postmortem", "Title:Postmortem", "title: postmortem", "title:", "title:\"api gateway\"",
	"service:api,", "-service:\"api gateway\" down", "+cause:config-change", "date:>=2019", "date:2019..2020", "date:2019-07", "error:timeout",
	"sev:1 Year:2019", "svc:\"api\" year:>=2019", "since:(2019", "vendor:a lasted:>1h", "year: 2019",
	"title:🔥", "title:\"\"", "service:\"api", "service:http://a.b/c", "title:title:x", "foo:bar", "café CAFÉ cafe\u0301",
	"net.core.somaxconn", "ip_forward", "CrashLoopBackOff", "x509", "1.17.9", "v2.6.1", "HTTP503", "foo-bar", "/var/lib/etcd",
	"user@example.com", "error.log", "us-east-1", "10.0.0.1:8080", "kube-system/etcd-0", "std::io::Error", "k8s", "iPhone", "eBPF", "PostgreSQL",
	"MySQL's", "VMs IDs APIs DNSs As", "QoS DDoS SaaS", "isAService", "don't can’t we're we'll I'd I'm they've user's users' O'Brien l'incident rock'n'roll",
	"550e8400-e29b-41d4-a716-446655440000", "2019-07-05T10:00:00Z", "https://example.com/a?b=c&d=e#f", "e-mail fail-over failover post-mortem's",
	"...", "a...b", "a--b", "a. b", "_a_", "a_", "«guillemets»", "a\u00adb\u200dc", "x\u0301\u0302\u0303",
	"İstanbul ISTANBUL ılık ISPARTA", "Straße STRASSE ẞ", "Ærø Łódź Þór", "ΟΔΟΣ οδός", "Ёлка Й", "x² ① ½ ™ Ⅳ",
	"原因を調べる", "水", "障害の原因 2019年", "ｶﾞｽ ガス ｶﾞｽ", "データベース", "ภาษาไทย", "ဗမာစာ", "ភាសាខ្មែរ", "ລາວ", "데이터베이스를 재시작", "서버",
	"שלום עולם", "שָׁלוֹם", "مُحَمَّد عربي", "हिन्दी नमस्ते", "٣٤٥ ۱۲۳", "\u202eRTL\u202c", "𝐁𝐨𝐥𝐝 𝟙𝟚", "ﬁle ﬃ",
	"msg=\"dial tcp 10.0.0.1:5432: connect: connection refused\" level=error", "Status: resolved",
}

// stems and endings make words that every step of the stemmer has to do with.
var stems = []string{
	"agre", "alert", "backup", "bann", "ben", "bury", "cach", "cert", "commun", "configur", "control", "cry", "deploy", "dns", "dy", "exce",
	"fail", "fall", "gener", "hop", "hopp", "inn", "kubernet", "li", "log", "mitigat", "monitor", "nat", "operat", "overload", "pan", "proce",
	"promot", "queu", "rate", "recover", "relat", "replic", "rest", "roll", "sky", "stor", "succe", "tan", "time", "triplic", "ugl", "us",
	"vile", "wal", "yell", "yes", "y", "toy", "play", "arsen", "bl", "iz", "at",
}

var endings = []string{
	"", "s", "es", "ed", "ing", "ingly", "edly", "eed", "eedly", "ied", "ies", "y", "ly", "ation", "ational", "ator", "izer", "ization", "fulness",
	"ousness", "iveness", "biliti", "bility", "ability", "al", "alism", "ality", "ance", "ence", "er", "ic", "ical", "icate", "icity", "able", "ible",
	"ant", "ement", "ment", "ent", "ion", "ism", "ity", "ive", "ize", "ous", "ful", "fully", "less", "lessly", "ness", "ative", "alize", "logy",
	"ll", "lle", "sses", "ss", "us", "tional", "ently", "ously", "entli", "abli", "ogi", "li",
}

// stemmed are words and their stems, as the published vocabulary of the algorithm
// has them.
var stemmed = [][2]string{
	{"consign", "consign"}, {"consigned", "consign"}, {"consigning", "consign"}, {"consignment", "consign"}, {"consist", "consist"},
	{"consistency", "consist"}, {"consistently", "consist"}, {"consolation", "consol"}, {"consolatory", "consolatori"},
	{"consolingly", "consol"}, {"consonant", "conson"}, {"conspicuously", "conspicu"}, {"conspiracy", "conspiraci"},
	{"knack", "knack"}, {"knackeries", "knackeri"}, {"knaves", "knave"}, {"knavish", "knavish"}, {"kneaded", "knead"}, {"kneel", "kneel"},
	{"knightly", "knight"}, {"knitted", "knit"}, {"knives", "knive"}, {"knocker", "knocker"}, {"knots", "knot"}, {"knotty", "knotti"},
	{"running", "run"}, {"hopping", "hop"}, {"hoping", "hope"}, {"luxuriated", "luxuri"}, {"falling", "fall"}, {"hissing", "hiss"},
	{"agreed", "agre"}, {"feed", "feed"}, {"bled", "bled"}, {"sing", "sing"}, {"ties", "tie"}, {"cries", "cri"}, {"gas", "gas"}, {"this", "this"},
	{"gaps", "gap"}, {"kiwis", "kiwi"}, {"by", "by"}, {"say", "say"}, {"relational", "relat"}, {"conditional", "condit"},
	{"generate", "generat"}, {"generally", "general"}, {"general", "general"}, {"communism", "communism"}, {"arsenal", "arsenal"},
	{"news", "news"}, {"skies", "sky"}, {"dying", "die"}, {"early", "earli"}, {"inning", "inning"}, {"innings", "inning"}, {"proceeded", "proceed"},
	{"exceeding", "exceed"}, {"hopefulness", "hope"}, {"decisiveness", "decis"}, {"possibly", "possibl"}, {"analogy", "analog"}, {"replication", "replic"},
	{"replicas", "replica"}, {"promoted", "promot"}, {"failover", "failov"}, {"timeouts", "timeout"}, {"certificates", "certif"}, {"configuration", "configur"},
	{"throttling", "throttl"}, {"youthful", "youth"}, {"yellowy", "yellowi"}, {"controlled", "control"}, {"rolling", "roll"}, {"adoption", "adopt"},
}
