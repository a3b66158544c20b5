package reading

import (
	"fmt"
	"strings"
	"testing"

	"faultline/site/incident"
)

func TestClaimFilesHaveNoFaults(t *testing.T) {
	_, problems := readClaims(claimsFile, technologiesFile)
	for _, p := range problems {
		t.Error(p)
	}
	if _, problems := readClaims([]byte("en:\n  harms: x\n"), nil); len(problems) != 1 {
		t.Errorf("an unknown key is %d problems", len(problems))
	}
}

func TestWrongTurns(t *testing.T) {
	for text, want := range map[string]string{
		"## Timeline\n\n- 10:00 We initially suspected the disk. It was fine.":                                  "4: We initially suspected the disk.",
		"## Timeline\n\n- 10:00 At first, we thought it was DNS.":                                               "At first, we thought it was DNS.",
		"The logs were full of errors. These were red herrings.":                                                "The logs were full of errors. These were red herrings.",
		"We believe that it is a capacity issue, so we add nodes. This assumption wasn't quite correct. So on.": "We believe that it is a capacity issue, so we add nodes. This assumption wasn't quite correct.",
		"We assumed that the cache was at fault, which turned out to be wrong.":                                 "We assumed that the cache was at fault, which turned out to be wrong.",
		"The overloaded node was misdiagnosed e.g. by us.":                                                      "The overloaded node was misdiagnosed e.g. by us.",
		"Zunächst vermuteten wir einen Angriff.":                                                                "Zunächst vermuteten wir einen Angriff.",
		"We assumed that nobody used it. We removed it.":                                                        "",
		"The impact was more severe than we originally thought.":                                                "",
		"## Root cause\n\nThe code incorrectly assumed that time moves forward.":                                "",
		"## Timeline\n\nWe incorrectly assumed that the deploy was done.":                                       "We incorrectly assumed that the deploy was done.",
		"## Action items\n\n- Write down that the WAL file was a red herring":                                   "",
		"```\nred herring\n```": "",

		"Initially, our engineers suspected the network.":                                    "Initially, our engineers suspected the network.",
		"Have a short initial round of thoughts.":                                            "",
		"The initial breach was attributed to an employee.":                                  "",
		"## Background\n\nInitially, each node was treated as a replica.":                    "",
		"## Background\n\nFull disks, the usual suspects, were ruled out as the cause.":      "Full disks, the usual suspects, were ruled out as the cause.",
		"DNS could not be ruled out as the cause.":                                           "",
		"We were convinced that it was the disk.":                                            "We were convinced that it was the disk.",
		"Initial attempts to restore the cluster were unsuccessful.":                         "Initial attempts to restore the cluster were unsuccessful.",
		"An attempt to manually scale up failed, as the tool was down.":                      "An attempt to manually scale up failed, as the tool was down.",
		"Attempts to log in failed for all customers.":                                       "",
		"Any attempts to restart it will fail.":                                              "",
		"Clients tried to reconnect, which failed.":                                          "",
		"They tried to restart the proxy, without success.":                                  "They tried to restart the proxy, without success.",
		"A restart of the pods did not resolve the issue.":                                   "A restart of the pods did not resolve the issue.",
		"We added nodes and indexes. However, these measures did not improve it.":            "We added nodes and indexes. However, these measures did not improve it.",
		"We restarted the proxy. The errors went away.":                                      "",
		"## Timeline\n\n- 10:00 We clear the error counts. Doing so has no effect. So on.":   "We clear the error counts. Doing so has no effect.",
		"## Timeline\n\n- 10:00 Attempted to revoke the token with the tool - unsuccessful.": "Attempted to revoke the token with the tool - unsuccessful.",
		"## Action items\n\n- Restarts did not help: write that down":                        "",
	} {
		var got []string
		for _, n := range facts("# T\n\n" + text + "\n").WrongTurns {
			got = append(got, n.Text)
		}
		_, want, _ := strings.Cut("0: "+want, ": ")
		if strings.HasPrefix(want, "4: ") {
			want = want[3:]
		}
		if s := strings.Join(got, "|"); s != want && s != "10:00 "+want {
			t.Errorf("%q\n got %s\nwant %s", text, s, want)
		}
	}
}

func TestCostOfWrongTurns(t *testing.T) {
	for text, want := range map[string]string{
		"We spent 40 minutes chasing the network, which was a red herring.":                         "40 min",
		"The standard rollback was tried for a quarter of an hour and failed.":                      "15 min",
		"We suspected the disk for about two hours.":                                                "~2 h",
		"After two hours of debugging, the disk was ruled out.":                                     "2 h",
		"The red herring wasted another 20-30 minutes.":                                             "20 min to 30 min",
		"It took us an hour to realize that the disk was not the cause.":                            "1 h",
		"Three quarters of an hour were spent on it.":                                               "45 min",
		"We initially suspected the network, as users saw errors for 40 minutes.":                   "",
		"We initially blamed the deploy of 40 minutes before.":                                      "",
		"Initially, the outage of two hours was attributed to DNS.":                                 "",
		"It took an hour to restore the disk, which was a red herring.":                             "",
		"We spent 10 minutes on DNS and wasted an hour on the disk.":                                "",
		"We spent 10 minutes on DNS. The 10 minutes spent there were in vain.":                      "10 min",
		"We spent a second look on it.":                                                             "",
		"The certificates were valid for one year, and we suspected them.":                          "",
		"Traffic had failed for an hour when we first suspected the cache and restarted it in vain": "",
	} {
		if got := TurnCost(text).String(); got != want {
			t.Errorf("%q costs %q, want %q", text, got, want)
		}
	}
	turns := facts("# T\n\n## Timeline\n\n- 10:00 We spent half an hour on the cache. This was a red herring.\n- 11:00 We initially suspected DNS.\n").WrongTurns
	if len(turns) != 2 || turns[0].Cost.String() != "30 min" || turns[1].Cost.Known() {
		t.Errorf("rows of the timeline: %+v, want half an hour for the first and none for the second", turns)
	}
}

func TestWrongTurnsOfASectionAndOfProse(t *testing.T) {
	f := facts("# T\n\n## What happened\n\nWe drained the node, and\nthen we initially blamed\nthe network.\n\n## Wrong turns\n\nThe full disk was a red herring.\n")
	got := fmt.Sprint(incident.NotesOf(f.WrongTurns))
	if want := "[{We drained the node, and then we initially blamed the network. 5 what-happened prose} {The full disk was a red herring. 11 wrong-turns explicit}]"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestTechnologies(t *testing.T) {
	for text, want := range map[string]string{
		"## Cause\n\nPostgres was down, and k8s killed it.":                        "PostgreSQL 5 Postgres|Kubernetes 5 k8s",
		"## Thanks\n\nWe love Redis.":                                              "",
		"We love Redis.\n\nIt is redis.":                                           "Redis 3 Redis",
		"## Cause\n\nSee https://redis.io/x and [Redis](https://redis.io).":        "",
		"## Cause\n\nThe host redis.example.com, redis_1 and @redis failed.":       "",
		"## Cause\n\nWe go on; at the helm, an envoy and a chef had a consul.":     "",
		"## Cause\n\nGo to the dashboard. Chef was there. Envoy failed.":           "",
		"## Cause\n\nThe Helm release and Envoy failed. Envoy was slow.":           "Envoy 5 Envoy|Helm 5 Helm release",
		"## Cause\n\nA bug in the Go runtime, and in Amazon\nWeb Services.":        "Go 5 Go runtime|AWS 5 Amazon Web Services",
		"## Cause\n\nA node of Amazon RDS for Let's Encrypt":                       "Amazon RDS 5 Amazon RDS|Let's Encrypt 5 Let's Encrypt",
		"## Action items\n\n- Move to MySQL\n":                                     "",
		"## Cause\n\n```\nredis\n```":                                              "",
		"| Time | What |\n|-|-|\n| 10:00 | Kafka fails |\n| 10:05 | Kafka is up |": "Apache Kafka 5 Kafka",
		"## Cause\n\nKubernetes's API, the nodes' Docker":                          "Kubernetes 5 Kubernetes's|Docker 5 Docker",
	} {
		var got []string
		for _, f := range facts("# T\n\n" + text + "\n").Technologies {
			got = append(got, fmt.Sprint(f.Value, " ", f.Line, " ", f.Quote))
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q\n got %s\nwant %s", text, s, want)
		}
	}
}

func TestServices(t *testing.T) {
	for text, want := range map[string]string{
		"Affected services: API, Dashboard and e-mail.":              "API 3|Dashboard 3|e-mail 3",
		"Date: 2020-01-02\n**Component:** `search`\nSeverity: 1":     "search 4",
		"- Systems affected: the web shop":                           "the web shop 3",
		"| | |\n|-|-|\n| Impacted services | API; Search |":          "API 5|Search 5",
		"## Affected services\n\n- API\n- Search\n":                  "API 5|Search 6",
		"Betroffene Dienste: Anmeldung":                              "Anmeldung 3",
		"**Services:** API":                                          "API 3",
		"## Services\n\n- API\n":                                     "",
		"| Services | list of text |\n|-|-|\n| services | list |":    "",
		"Affected services: all":                                     "",
		"Services: we had to restart most of the things that we run": "",
		"The affected services: API":                                 "",
		"## Action items\n\n- Component: API":                        "",
	} {
		var got []string
		for _, f := range facts("# T\n\n" + text + "\n").Services {
			got = append(got, fmt.Sprint(f.Value, " ", f.Line))
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q\n got %s\nwant %s", text, s, want)
		}
	}
}

func TestFigures(t *testing.T) {
	for text, want := range map[string]string{
		"In all, 2,300 requests failed.":                               "2,300 requests=2300 requests",
		"This affected 37 % of our users.":                             "37 % of our users=37 % of users",
		"We lost about $12,000 that day.":                              "$12,000=12000 $",
		"Only 4 hours of data were lost.":                              "4 hours of data=4 hours of data",
		"About 3.7M failed requests, and 1.5 million users.":           "3.7M failed requests=3.7e+06 requests|1.5 million users=1.5e+06 users",
		"The error rate peaked at 63%.":                                "error rate peaked at 63%=63 % error rate",
		"A 4.8% error rate was seen.":                                  "4.8% error rate=4.8 % error rate",
		"It hit 8 of 10 main services; they were down.":                "8 of 10 main services=8 of 10 main services",
		"All 700 new user accounts were lost.":                         "700 new user accounts=700 user accounts",
		"Das betraf 1.234.567 Kunden und 2,5 Mio Nutzer.":              "1.234.567 Kunden=1.234567e+06 kunden|2,5 Mio Nutzer=2.5e+06 nutzer",
		"## Impact\n\n- 25 percent of traffic":                         "25 percent of traffic=25 % of traffic",
		"Users got 503 errors, and 502 requests failed.":               "",
		"In 2014, users were affected; in 2003 a user was.":            "",
		"On April 4, 2025, customers were down.":                       "",
		"One in every 300 requests failed; it handled 50% of traffic.": "",
		"12 users could not log in. So 12 users complained of errors.": "12 users=12 users",
		"It was a loss of USD 2 million.":                              "USD 2 million=2e+06 USD",
		"We serve 300 requests.":                                       "",
		"An average of 5 requests per second failed.":                  "",
		"Version v2 users and #12 users were affected at 10:15.":       "",
		"## Action items\n\n- Refund the 300 users that we lost":       "",
		"It was down for 4 hours, and revenue was $2.1 billion.":       "",
	} {
		var got []string
		for _, f := range facts("# T\n\n" + text + "\n").Figures {
			got = append(got, fmt.Sprint(f.Text, "=", f.Number, " ", f.Unit))
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q\n got %s\nwant %s", text, s, want)
		}
	}
	f := facts("# T\n\nIt was bad. All of\n12 users could not\nlog in. So it was.\n").Figures
	if len(f) != 1 || f[0].Line != 4 || f[0].Quote != "All of 12 users could not log in." {
		t.Errorf("%+v", f)
	}
}

func TestLearnedListsAreNoActions(t *testing.T) {
	f := facts("# T\n\n## What's next?\n\nThese are some of the things we learned:\n\n- Automation erodes knowledge\n\nIt does.\n\n- Nobody knows\n\nWe will do this:\n\n- Mend it\n")
	if len(f.Actions) != 1 || f.Actions[0].Text != "Mend it" || len(f.Lessons) != 2 || f.Lessons[1].Line != 11 {
		t.Errorf("%+v\n%+v", f.Actions, f.Lessons)
	}
}

func TestTemplatesAreNoActions(t *testing.T) {
	for _, text := range []string{"Every action item should have an issue.", "- <action>", "- [owner]", "- Describe the actions that prevent this", "{{ACTION}}"} {
		if f := facts("# T\n\n## Action items\n\n" + text + "\n"); len(f.Actions) > 0 {
			t.Errorf("%q: %+v", text, f.Actions)
		}
	}
}

func TestNamesOfGroupsAreNoActions(t *testing.T) {
	f := facts("# T\n\n## Action items\n\n- Lighthouse\n  - mend it\n  - test it\n")
	if len(f.Actions) != 2 || *f.Actions[0].Kind != "Lighthouse" {
		t.Errorf("%+v", f.Actions)
	}
}

func TestKindsOfLessons(t *testing.T) {
	for heading, want := range map[string]string{
		"What went right": "well", "The good": "well", "What didn't go so well": "wrong", "Opportunities for improvement": "wrong",
		"Where did we get lucky?": "lucky", "Lessons & takeaways": "", "What can we learn from this incident and improve": "",
	} {
		f := facts("# T\n\n## " + heading + "\n\n- a\n").Lessons
		if len(f) != 1 || f[0].Kind != want {
			t.Errorf("%s: %+v", heading, f)
		}
	}
}

func TestStatesAndOwnersOfActions(t *testing.T) {
	for entry, want := range map[string]string{
		"add an alert. Status: done. Owner: kim":                   `a1 owner=kim status=done "add an alert."`,
		"add an alert (owner: kim, status: done, due: 2020-01-02)": `a1 owner=kim status=done due=2020-01-02 "add an alert"`,
		"add an alert - Owner: Kim Lee - Status: In Progress":      `a1 owner=Kim Lee status=in-progress "add an alert"`,
		"add an alert (Kim, done)":                                 `a1 status=done "add an alert (Kim)"`,
		"add an alert (in progress - kim)":                         `a1 status=in-progress "add an alert (kim)"`,
		"add an alert (completed 2020-01-02)":                      `a1 status=done "add an alert"`,
		"add an alert — done":                                      `a1 status=done "add an alert"`,
		"add an alert: **completed**":                              `a1 status=done "add an alert"`,
		"add an alert. ✅":                                          `a1 status=done "add an alert."`,
		"TODO add an alert":                                        `a1 status=open "add an alert"`,
		"~~add an alert~~ (no longer needed)":                      `a1 status=dropped "add an alert"`,
		"~~add an alert~~ won't do":                                `a1 status=dropped "add an alert won't do"`,
		"add an alert (assigned to kim)":                           `a1 owner=kim "add an alert"`,
		"show the breaker's state (open, half-open, closed)":       `a1 "show the breaker's state (open, half-open, closed)"`,
		"say when a ticket is open":                                `a1 "say when a ticket is open"`,
	} {
		var got []string
		for _, a := range facts("# T\n\n## Action items\n\n- " + entry + "\n").Actions {
			got = append(got, tellAction(a))
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q\n got %s\nwant %s", entry, s, want)
		}
	}
}

func TestStatesInCells(t *testing.T) {
	for cell, want := range map[string]string{"✅": "done", "Done ✅": "done", "Completed 2 Jan": "done", "🟡 In Progress": "in-progress", "yes": "done", "No": "open", "[x]": "done", "ja": "done", "soon": ""} {
		list := facts("# T\n\n## Action items\n\n| Action | Status |\n|-|-|\n| a | " + cell + " |\n").Actions
		if len(list) != 1 || want != "" && (list[0].Status == nil || *list[0].Status != want) || want == "" && list[0].Status != nil {
			t.Errorf("%s: %+v", cell, list)
		}
	}
}
