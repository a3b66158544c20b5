package sample

import (
	"fmt"
	"strings"
	"time"
)

// section is a heading with what stands below it: prose, which can be lengthened,
// and after it something else.
type section struct {
	heading string
	phrases []string // what the prose is made of; nil = no prose
	prose   []string // sentences
	rest    string   // ends with a line feed, or is empty
}

// file returns the whole file, its prose lengthened until the size is reached.
func (r *report) file() []byte {
	front, sections := r.front(), r.sections()
	size := len(front)
	for i := range sections {
		size += len(sections[i].text())
	}
	for i := 0; ; i = (i + 1) % len(sections) {
		s := &sections[i]
		if s.phrases == nil {
			continue
		}
		sentence := r.fill(r.pick(s.phrases))
		if size += len(sentence) + 1; size > r.size {
			break
		}
		s.prose = append(s.prose, sentence)
	}
	var b strings.Builder
	b.WriteString(front)
	for i := range sections {
		b.WriteString(sections[i].text())
	}
	return []byte(b.String())
}

func (s *section) text() string {
	text := "\n## " + s.heading + "\n"
	if len(s.prose) > 0 {
		text += "\n" + paragraphs(s.prose)
	}
	if s.rest != "" {
		text += "\n" + s.rest
	}
	return text
}

// paragraphs joins sentences, four to a line of its own.
func paragraphs(sentences []string) string {
	var b strings.Builder
	for i, sentence := range sentences {
		b.WriteString(sentence)
		switch {
		case i == len(sentences)-1:
			b.WriteByte('\n')
		case i%4 == 3:
			b.WriteString("\n\n")
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// sections returns the report's sections with one sentence each.
func (r *report) sections() []section {
	sections := []section{
		{heading: "Summary", phrases: story},
		{heading: "Impact", phrases: story, rest: r.impact()},
		{heading: "Timeline", rest: r.timeline()},
		{heading: r.pick([]string{"What happened", "Background", "The incident"}), phrases: story, rest: r.block()},
		{heading: r.pick([]string{"Root cause", "Why it happened", "Cause"}), phrases: causeStory},
		{heading: "Detection", phrases: detectionStory},
		{heading: r.pick([]string{"Resolution", "How we fixed it", "Recovery"}), phrases: story},
		{heading: "What went well", phrases: wellStory},
		{heading: "What went wrong", phrases: badlyStory},
		{heading: "Action items", rest: r.promises()},
	}
	for i := range sections {
		if s := &sections[i]; s.phrases != nil {
			s.prose = []string{r.fill(r.pick(s.phrases))}
		}
	}
	return sections
}

// impact is a table of who was hit and how.
func (r *report) impact() string {
	var b strings.Builder
	b.WriteString("| Service | Region | Requests failed | Slowest 1% | First error |\n| --- | --- | ---: | ---: | --- |\n")
	for _, service := range r.services {
		fmt.Fprintf(&b, "| %s | %s | %s%% | %s ms | `%s` |\n", service, r.zipf(regions), r.fill("{percent}"), r.fill("{number}"), r.zipf(errorCodes))
	}
	return b.String()
}

// timeline has 8 to 15 rows, at even steps with some noise, in UTC.
func (r *report) timeline() string {
	rows := r.between(8, 15)
	b := strings.Builder{}
	b.WriteString("All times are UTC.\n\n")
	for i := range rows {
		at := r.started.Add(r.length * time.Duration(i) / time.Duration(rows-1)).Truncate(time.Minute)
		fmt.Fprintf(&b, "- %s: %s\n", at.Format("15:04"), r.fill(r.pick(events)))
	}
	return b.String()
}

// promises are action items, some of them done.
func (r *report) promises() string {
	var b strings.Builder
	for _, phrase := range r.several(actions, r.between(3, 5)) {
		box := " "
		if r.chance(30) {
			box = "x"
		}
		fmt.Fprintf(&b, "- [%s] %s\n", box, r.fill(phrase))
	}
	return b.String()
}

// block is a fenced block: a log or something that was run or changed.
func (r *report) block() string {
	quoted := blocks[r.below(len(blocks))]
	if quoted.text == "" {
		return "```" + quoted.language + "\n" + r.log() + "```\n"
	}
	return "```" + quoted.language + "\n" + r.fill(quoted.text) + "```\n"
}

func (r *report) log() string {
	var b strings.Builder
	for i := range 9 {
		at := r.started.Add(time.Duration(i*7+r.below(7)) * time.Second)
		fmt.Fprintf(&b, "%s %s %s[%d]: %s: %s\n", at.Format(time.RFC3339), r.pick(r.hosts), r.service, r.between(300, 32000),
			r.zipf(bank("error warn info fatal")), r.fill("{noun} {adjective} after {number} ms: {code}"))
	}
	return b.String()
}

// blocks are what reports quote, in the languages they quote. One without a text is
// a log, which is made row by row.
var blocks = []struct{ language, text string }{
	{language: "text"},
	{language: ""},
	{"yaml", `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {service}
  labels: {app: {service}, region: {region}}
spec:
  replicas: {small}
  template:
    spec:
      containers:
        - name: {service}
          image: registry.internal/{service}:{number}
          resources:
            limits: {memory: {percent}Mi, cpu: "{small}"}
          env:
            - name: MAX_CONNECTIONS
              value: "{number}" # was {small}
`},
	{"sql", `-- the query that filled the pool of {service}
SELECT a.id, a.created_at, count(b.id) AS entries
FROM accounts AS a
LEFT JOIN ledger_entries AS b ON b.account_id = a.id
WHERE a.region = '{region}' AND b.state <> 'settled'
GROUP BY a.id, a.created_at
HAVING count(b.id) > {number}
ORDER BY entries DESC
LIMIT {small};
`},
	{"go", `// Acquire leaked the lease whenever the {noun} was {adjective}.
func (p *Pool) Acquire(ctx context.Context) (*Lease, error) {
	lease, err := p.leases.Take(ctx, {small}*time.Second)
	if err != nil {
		return nil, fmt.Errorf("{service}: {code}: %w", err)
	}
	if lease.Age() > {number}*time.Millisecond {
		return nil, ErrStale // must give the lease back first
	}
	return lease, nil
}
`},
	{"python", `def drain(queue, limit={number}):
    """Move what {service} could not handle out of the way."""
    moved = 0
    for entry in queue.scan(region="{region}"):
        if entry.attempts < {small}:
            continue
        queue.park(entry, reason="{code}")
        moved += 1
        if moved >= limit:
            break
    return moved
`},
	{"sh", `# run on {host}
kubectl --context {region} get pods -l app={service} -o wide | grep -v Running
kubectl --context {region} rollout undo deployment/{service} --to-revision={small}
curl -sS -o /dev/null -w '%{http_code}\n' https://{service}.{region}.internal/healthz
sysctl net.core.somaxconn={number}
systemctl restart {service}.service && journalctl -u {service} -n {small}
`},
	{"json", `{
  "alert": "{metric}",
  "service": "{service}",
  "host": "{host}",
  "value": {number},
  "threshold": {percent},
  "labels": {"region": "{region}", "team": "{team}"},
  "message": "{code}"
}
`},
	{"diff", `--- a/{service}/config.toml
+++ b/{service}/config.toml
@@ -{small},7 +{small},7 @@
 [pool]
 region = "{region}"
-max_connections = {small}
+max_connections = {number}
-timeout_ms = {number}
+timeout_ms = {small}
 [retry]
`},
}
