package reading

import (
	"strings"
	"unicode"

	"faultline/site/incident"
)

// name is what authors call one kind of section. exact names must be the whole
// heading, once it is normalized; within are sure enough to decide when they
// begin or end a longer one ("timeline of the deploy"). weak names count only where no
// other section of the kind exists.
type name struct {
	kind                incident.SectionKind
	exact, within, weak string // separated by semicolons
}

// names is the table of section names. To teach the reader a language, add rows.
var names = []name{
	// English
	{kind: incident.SummarySection,
		exact:  "summary; executive summary; overview; tl dr; tldr; abstract; synopsis; at a glance; in short; high level summary",
		within: "executive summary"},
	{kind: incident.BackgroundSection,
		exact: "background; context; introduction; architecture; system overview; some background; how it works; terminology; glossary; setup"},
	{kind: incident.TimelineSection,
		exact:  "timeline; time line; chronology; sequence of events; course of events; event log; log of events; log; events; updates; what happened when",
		within: "timeline; chronology"},
	{kind: incident.SymptomSection,
		exact:  "symptom; symptoms; what we saw; what users saw; what customers saw; observed behavior; observed behaviour; observed symptoms; how it looked",
		within: "symptoms"},
	{kind: incident.TriggerSection,
		exact: "trigger; triggers; triggering event; what triggered it; what triggered the incident; what changed"},
	{kind: incident.CauseSection,
		exact: "cause; causes; fault; faults; why it happened; why did it happen; why did this happen; why this happened; why it failed; " +
			"identified cause; identified causes; primary cause; underlying cause; technical cause; rca; five whys; 5 whys; bug; " +
			"what caused it; what caused this; what caused the outage; what caused the incident; what was the cause",
		within: "root cause; root causes; root cause analysis",
		weak:   "what happened; what went wrong technically; technical problem; technical details; analysis; description; problem; issue; details; diagnosis"},
	{kind: incident.FactorSection,
		exact:  "contributing causes; contributing conditions; contributors; aggravating factors; why it wasnt caught; why wasnt it caught; why it was not caught",
		within: "contributing factors; contributing factor"},
	{kind: incident.DetectionSection,
		exact: "detection; discovery; identification; identified; how we found out; how we noticed; how we detected it; how it was detected; how was it detected"},
	{kind: incident.ResponseSection,
		exact: "response; incident response; how we responded; actions taken; investigation; troubleshooting; debugging; what we did; escalation"},
	{kind: incident.ResolutionSection,
		exact: "resolution; recovery; mitigation; mitigations; fix; fixes; solution; workaround; restoration; repair; immediate fix; recovery efforts; " +
			"resolution and recovery; mitigation and resolution; mitigation and recovery; how we fixed it; how it was fixed; how did we fix it; how we recovered",
		within: "resolution"},
	{kind: incident.ImpactSection,
		exact: "impact; scope; affected; affected services; affected users; affected customers; consequences; effects; damage; scope of impact; " +
			"what was affected; who was affected",
		within: "impact"},
	{kind: incident.WrongTurnSection,
		exact: "wrong turn; wrong turns; false leads; dead ends; misdiagnosis; initial hypothesis; wrong hypotheses; what it was not; what it wasnt; " +
			"what we thought it was; what we first thought; what we suspected; ruled out; things we ruled out; what we ruled out",
		within: "red herring; red herrings; wrong turns"},
	{kind: incident.LessonSection,
		exact: "lessons; learnings; takeaways; key takeaways; insights; key insights; reflections; what we learned; what we learnt; what we have learned; " +
			"what have we learned; what did we learn; what can we learn from this",
		within: "lessons learned; lessons learnt; what we learned; what we have learned"},
	{kind: incident.WellSection,
		exact: "what went well; went well; things that went well; what worked; what worked well; what we did well; positives"},
	{kind: incident.WrongSection,
		exact: "what went wrong; went wrong; what went poorly; went poorly; what went badly; what didnt go well; what did not go well; what could have gone better; " +
			"things that went wrong; things that went poorly; what could be improved; what didnt work; what did not work; areas for improvement; negatives"},
	{kind: incident.LuckySection,
		exact: "got lucky; where we got lucky; where we were lucky; what we were lucky about; luck; lucky; good luck"},
	{kind: incident.ActionSection,
		exact: "action; actions; action item; actionables; action points; next step; follow up; follow ups; followup; followups; follow up items; " +
			"review actions; future actions; remediation; remediations; remediation items; remedial actions; remediation future work; root cause remediations; " +
			"corrective actions; corrective measures; preventive actions; prevention; future work; planned work; planned improvements; improvements; " +
			"to do; todo; todos; tasks; proposed actions; what we are doing; what were doing; " +
			"what are we doing about it; what are we doing about this; what we are doing about it; what we are doing about this; what we will do; " +
			"what will we do; what are we going to do in the future; what are we going to do about it; how will we prevent this; how we will prevent this; " +
			"how do we prevent this; what are we doing to prevent this; what we are doing to prevent this; changes we are making; changes weve made; commitments",
		weak:   "whats next; what next; moving forward; going forward",
		within: "action items; next steps; follow up actions; preventative measures; preventive measures; preventative actions; corrective actions"},

	// German
	{kind: incident.SummarySection, exact: "zusammenfassung; überblick; kurzfassung"},
	{kind: incident.BackgroundSection, exact: "hintergrund; kontext"},
	{kind: incident.TimelineSection, exact: "zeitleiste; zeitverlauf; zeitlicher ablauf; ablauf; chronologie; verlauf"},
	{kind: incident.SymptomSection, exact: "symptome; fehlerbild"},
	{kind: incident.CauseSection, exact: "ursache; ursachen; grundursache; ursachenanalyse", weak: "was ist passiert"},
	{kind: incident.FactorSection, exact: "begünstigende faktoren; beitragende faktoren"},
	{kind: incident.ImpactSection, exact: "auswirkung; auswirkungen"},
	{kind: incident.ResolutionSection, exact: "lösung; behebung; wiederherstellung"},
	{kind: incident.LessonSection, exact: "lehren; erkenntnisse; was wir gelernt haben"},
	{kind: incident.ActionSection, exact: "maßnahmen; nächste schritte; folgemaßnahmen"},

	// Japanese and Chinese
	{kind: incident.SummarySection, exact: "概要; 要約; 摘要; 概述; 总结"},
	{kind: incident.BackgroundSection, exact: "背景"},
	{kind: incident.TimelineSection, exact: "タイムライン; 時系列; 経緯; 时间线; 時間線; 时间轴"},
	{kind: incident.SymptomSection, exact: "症状; 現象; 现象"},
	{kind: incident.CauseSection, exact: "原因; 根本原因; 障害原因; 故障原因; 原因分析"},
	{kind: incident.ImpactSection, exact: "影響; 影響範囲; 影响; 影响范围"},
	{kind: incident.ResolutionSection, exact: "対応; 復旧; 解決策; 解决方案; 处理过程; 恢复"},
	{kind: incident.LessonSection, exact: "教訓; 学び; 教训; 经验教训"},
	{kind: incident.ActionSection, exact: "再発防止策; アクションアイテム; 今後の対応; 改进措施; 后续行动; 后续措施"},
}

// known is what the table says of one name.
type known struct {
	kind   incident.SectionKind
	within bool
	weak   bool
}

var knownNames = func() map[string]known {
	all := map[string]known{}
	for _, n := range names {
		for _, list := range [...]struct {
			names string
			known known
		}{{n.exact, known{kind: n.kind}}, {n.within, known{kind: n.kind, within: true}}, {n.weak, known{kind: n.kind, weak: true}}} {
			for phrase := range strings.SplitSeq(list.names, ";") {
				if phrase = strings.TrimSpace(phrase); phrase != "" {
					all[phrase] = list.known
				}
			}
		}
	}
	return all
}()

// maxName is the number of words beyond which a heading is a sentence.
const maxName = 9

// sectionNamed classifies a heading; weak reports that the name counts only for want
// of a better one. Headings with no known name are OtherSection.
func sectionNamed(heading string) (kind incident.SectionKind, weak bool) {
	words := strings.Fields(normalize(heading))
	for len(words) > 1 && (decoration[words[0]] || isNumeral(words[0])) {
		if k, ok := knownNames[strings.Join(words, " ")]; ok {
			return k.kind, k.weak
		}
		words = words[1:]
	}
	if k, ok := knownNames[strings.Join(words, " ")]; ok {
		return k.kind, k.weak
	}
	if len(words) <= maxName {
		return partlyNamed(words)
	}
	return incident.OtherSection, false
}

// decoration are words in front of a section's name that do not change it.
var decoration = map[string]bool{"a": true, "an": true, "the": true, "our": true, "incident": true, "outage": true, "postmortem": true, "initial": true, "full": true, "brief": true}

func isNumeral(word string) bool {
	return strings.Trim(word, "0123456789") == "" || len(word) <= 4 && strings.Trim(word, "ivx") == ""
}

// partlyNamed looks for a sure name at the start or the end of a heading.
func partlyNamed(words []string) (incident.SectionKind, bool) {
	for n := len(words) - 1; n > 0; n-- {
		if k := knownNames[strings.Join(words[:n], " ")]; k.within {
			return k.kind, false
		}
		if k := knownNames[strings.Join(words[len(words)-n:], " ")]; k.within {
			return k.kind, false
		}
	}
	return incident.OtherSection, false
}

// normalize makes names comparable: lower case, without what stands in brackets
// at the end, words of letters and digits joined by single spaces.
func normalize(name string) string {
	name = strings.TrimRight(strings.TrimSpace(name), ".:?! ")
	if open := strings.LastIndexAny(name, "(["); open > 0 && strings.IndexAny(name[open:], ")]") == len(name)-open-1 {
		name = name[:open]
	}
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(name) {
		switch {
		case r == '\'' || r == '’':
		case unicode.In(r, unicode.L, unicode.N, unicode.M):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(r)
		case r == '&':
			b.WriteString(" and")
			gap = true
		default:
			gap = true
		}
	}
	return b.String()
}
