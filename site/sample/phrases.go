package sample

import (
	"regexp"
	"strconv"
	"strings"
)

// Sentences of the sections. A word in braces is a slot, filled by scene.fill.
var (
	titles = lines(`
{Service} returned {code} after a {adjective} {noun}
{Tech} {noun} {verb} and took {service} down
Slow {service} caused by a {adjective} {noun} in {tech}
{Service} lost its {noun} during a {tech} change
A {adjective} {noun} in {region} stopped {service}
{Service} {noun} {verb} while {tech} was upgraded
Customers saw {code} from {service} in {region}
`)
	summaries = lines(`
A {adjective} {noun} in {tech} made {service} answer with {code} for {minutes} minutes; {team} ended it by hand.
The {noun} of {service} {verb} in {region}, and {percent} percent of requests failed until the {noun} was replaced.
{Service} depended on a {adjective} {noun} that nobody had listed, and {verb} with it for {minutes} minutes.
`)
	symptoms = lines(`
{service} log: {code} from {host}
Requests to {service} in {region} took {number} ms instead of {small}
The {noun} count of {tech} rose to {number} within {small} minutes
Alert {metric} fired for {host}
`)
	wrongTurns = lines(`
The {noun} of {tech} was suspected first, because it had {verb} the week before
A {adjective} {noun} on {host} looked like the reason and had nothing to do with it
The provider's network in {region} was blamed until the {noun} graphs were compared
`)
	story = lines(`
At first only the {noun} in {region} was affected, and {service} kept answering from its {adjective} {noun}.
The {noun} on {host} {verb}, which raised {metric} from {small} to {number} within a few minutes.
{Tech} reported {code} for every {noun} that had been opened before the change.
Once the {noun} was {adjective}, each {noun} waited for {number} ms and then tried again without any delay.
The {team} team compared {host} with a {adjective} machine and found that the {noun} differed.
Traffic to {service} was {percent} percent above that of an ordinary day, so the {noun} had no room left.
A second {noun}, which {tech} keeps for the {noun}, {verb} without any alert.
Nobody had noticed that the {adjective} {noun} shares its {noun} with {service}.
The change to the {noun} had passed review and staging, where {tech} runs with a single {noun}.
Logs of {host} show {number} lines with {code} between the first {noun} and the restart.
Restarting the {noun} helped for {small} minutes, until the {adjective} {noun} came back.
With the {noun} gone, {tech} elected a {adjective} {noun} and rejected every write from {region}.
The {noun} had been sized for {number} entries when {service} served {percent} percent of today's load.
Every {noun} held its {noun} open, and the limit of {number} was reached at {host}.
The retries of {service} multiplied the load on the {noun} by {small}.
We drained {host}, removed the {adjective} {noun} and watched {metric} fall below {small}.
The {noun} was correct, but the {noun} that reads it expects a {adjective} {noun}.
After the {noun} had been rolled back, {percent} percent of the {noun} traffic still failed.
`)
	causeStory = lines(`
The {noun} of {tech} was {adjective}: it accepted a {noun} that {service} could not serve.
A limit of {number} on each {noun} had never been reached before, and nothing measured how close it was.
The code that handles {code} gave up the {noun} but kept the {noun}, so each failure leaked one.
{Tech} assumes that a {noun} is never {adjective}, which our {noun} in {region} violates.
The configuration of {host} was taken from another cluster, in which the {noun} is {adjective}.
Two {noun} operations ran at once, and the later one overwrote the {noun} of the first.
`)
	detectionStory = lines(`
The alert on {metric} watches a mean over {small} minutes and fired late.
A customer wrote to support before any {noun} alert fired.
The probe for {service} asks for a page that does not need the {noun}, so it stayed green.
{Team} saw the {noun} graph by chance while looking for something else.
`)
	wellStory = lines(`
The runbook for the {noun} was current and had been practiced in the spring.
The {noun} could be switched off for {region} alone.
The person who had built the {noun} was in the room.
`)
	badlyStory = lines(`
It took {small} minutes to get access to {host}.
Two teams changed the {noun} at the same time without knowing of each other.
The dashboard for {tech} showed a {adjective} {noun} and nobody trusted it.
The page went to {team}, who do not own the {noun}.
`)
	actions = lines(`
Alert when the {noun} of {tech} exceeds {percent} percent
Add a test that starts {service} with a {adjective} {noun}
Write down how to replace the {noun} on {host}
Limit the retries of {service} and add jitter
Move the {noun} out of {region}
Check the {noun} before it is rolled out
`)
	events = lines(`
The {noun} on {host} {verb}.
{Service} starts to answer with {code}.
Alert {metric} pages {team}.
{Team} opens the dashboard of {tech} and sees the {adjective} {noun}.
The {noun} of {tech} is suspected and restarted, without effect.
Error rate of {service} reaches {percent} percent.
Support reports {small} tickets about {service}.
The change to the {noun} is found in the log of {tech}.
{Team} joins the call.
Traffic to {region} is moved away.
The {adjective} {noun} is removed from {host}.
The {noun} queue is drained, {number} entries are left.
`)
)

// scene is what the sentences of one incident speak about.
type scene struct {
	*dice
	service, tech, team string
	services, techs     []string
	hosts               []string
	code                string
}

var slots = regexp.MustCompile(`\{[A-Za-z]+\}`)

// fill replaces the slots of a phrase. A slot in upper case begins a sentence.
func (s *scene) fill(phrase string) string {
	return slots.ReplaceAllStringFunc(phrase, func(slot string) string {
		name := strings.ToLower(slot[1 : len(slot)-1])
		word := s.slot(name)
		if name != slot[1:len(slot)-1] {
			word = strings.ToUpper(word[:1]) + word[1:]
		}
		return word
	})
}

// slot returns a word for the slot of that name.
func (s *scene) slot(name string) string {
	switch name {
	case "service":
		return s.often(s.service, s.services)
	case "tech":
		return s.often(s.tech, s.techs)
	case "team":
		return s.team
	case "noun":
		return s.zipf(nouns)
	case "adjective":
		return s.zipf(adjectives)
	case "verb":
		return strings.ReplaceAll(s.zipf(verbs), "-", " ")
	case "host":
		return s.pick(s.hosts)
	case "region":
		return s.zipf(regions)
	case "code":
		return s.often(s.code, errorCodes)
	case "metric":
		return strings.ReplaceAll(s.service+"_"+s.zipf(nouns), "-", "_") + "_" + s.pick(bank("total ratio seconds bytes"))
	case "percent":
		return strconv.Itoa(s.between(2, 97))
	case "minutes":
		return strconv.Itoa(s.between(6, 300))
	case "small":
		return strconv.Itoa(s.between(2, 40))
	default: // number
		return strconv.Itoa(s.between(120, 90000))
	}
}

// often returns the main word in three of four cases.
func (s *scene) often(main string, others []string) string {
	if s.chance(75) {
		return main
	}
	return s.zipf(others)
}
