package reading

import (
	"testing"
	"time"

	"faultline/site/incident"
)

func TestReadWhen(t *testing.T) {
	c := calendar{day: midnight(2017, 10, 10), near: midnight(2017, 10, 10)}
	for _, test := range []struct{ text, at, rest string }{
		{"2019-11-29 12:00 failed", "2019-11-29T12:00", " failed"},
		{"2019-11-29T12:00:05Z: failed", "2019-11-29T12:00:05Z", ": failed"},
		{"2019-11-29T12:00-05:00 failed", "2019-11-29T12:00-05:00", " failed"},
		{"2019/1/9 9:05", "2019-01-09T09:05", ""},
		{"Sep 27 2017 13:06", "2017-09-27T13:06", ""},
		{"September 27th, 2017 at 1:06 PM - x", "2017-09-27T13:06", " - x"},
		{"Friday, 10th of May 2019: x", "2019-05-10", ": x"},
		{"19. April, 11:00", "2017-04-19T11:00", ""},
		{"April 21st-24th 2011", "2011-04-21", ""},
		{"April 21st-April 24th 2011", "2011-04-21", ""},
		{"April 29 – May 2, 2011 x", "2011-04-29", " x"},
		{"31.12.2018 23:59", "2018-12-31T23:59", ""},
		{"25/12/2018 10:00", "2018-12-25T10:00", ""},
		{"2018年2月3日 10:00", "2018-02-03T10:00", ""},
		{"15:09: text", "2017-10-10T15:09", ": text"},
		{"**15:09** text", "2017-10-10T15:09", "** text"},
		{"[15:09 UTC] text", "2017-10-10T15:09Z", "] text"},
		{"15:09 BST text", "2017-10-10T15:09", " text"},
		{"15:09 CEST (UTC+2) text", "2017-10-10T15:09+02:00", " text"},
		{"13:14 EDT (17:14 UTC): text", "2017-10-10T13:14-04:00", ": text"},
		{"20:07 (00:07 UTC): text", "2017-10-10T20:07-04:00", ": text"},
		{"02:10 IST (20:40 UTC) text", "2017-10-10T02:10+05:30", " text"},
		{"13:14 EDT (17:19 UTC) text", "2017-10-10T13:14", " (17:19 UTC) text"},
		{"1504Z text", "2017-10-10T15:04Z", " text"},
		{"9h05 text", "2017-10-10T09:05", " text"},
		{"5pm text", "2017-10-10T17:00", " text"},
		{"17:14pm text", "2017-10-10T17:14", " text"},
		{"12:10 am text", "2017-10-10T00:10", " text"},
		{"~13:30-13:45 text", "~2017-10-10T13:30..2017-10-10T13:45", " text"},
		{"22:00 - 23:10 UTC: text", "2017-10-10T22:00Z..2017-10-10T23:10Z", ": text"},
		{"23:50 to 00:10", "2017-10-10T23:50..2017-10-11T00:10", ""},
		{"14:?? text", "2017-10-10T14:00..2017-10-10T14:59", " text"},
		{"2020-11-17 10:45~ | x", "~2020-11-17T10:45", " | x"},
		{"10:15 (Oct 29) x", "2017-10-29T10:15", " x"},
		{"10:15 UTC Oct 29: x", "2017-10-29T10:15Z", ": x"},
		{"10:15 29th Oct 2017 - x", "2017-10-29T10:15", " - x"},
		{"10:15 May 3 servers", "2017-10-10T10:15", " May 3 servers"},
		{"Oct 29: x", "2017-10-29", ": x"},
		{"\u2066\u200b10:15 x", "2017-10-10T10:15", " x"},
		{"around 10:15", "~2017-10-10T10:15", ""},
		{"24:00", "2017-10-11T00:00", ""},
	} {
		w, rest, ok := readWhen(test.text)
		if !ok {
			t.Errorf("%q is not read", test.text)
			continue
		}
		if at := c.resolve(w, c.dayOf(w, c.day)).String(); at != test.at || rest != test.rest {
			t.Errorf("%q: %s, rest %q; want %s, rest %q", test.text, at, rest, test.at, test.rest)
		}
	}
}

func TestReadWhenRefuses(t *testing.T) {
	for _, text := range []string{
		"", "3 servers failed", "13:60", "25:00", "2019-13-01", "2019-02-40", "may 2019", "1.2.3", "12.30 releases",
		"10.10.0.1", "version 2:1", "13pmx", "99999-12-12 x", "marches 3",
	} {
		if w, _, ok := readWhen(text); ok {
			t.Errorf("%q is read as %+v", text, w)
		}
	}
}

func TestReadWhenInOtherLanguages(t *testing.T) {
	day := midnight(2024, 3, 12)
	for _, test := range []struct{ text, at, rest string }{
		{"12. März 2024, 14:05 Uhr: Alarm", "2024-03-12T14:05", ": Alarm"},
		{"Dienstag, 12. März 2024 um 14.05 Uhr – Alarm", "2024-03-12T14:05", " – Alarm"},
		{"Di 12. Mär 2024 14 Uhr", "2024-03-12T14:00", ""},
		{"gegen 14:05 Uhr Alarm", "~2024-03-12T14:05", " Alarm"},
		{"14:05 bis 15:10 Uhr: weg", "2024-03-12T14:05..2024-03-12T15:10", ": weg"},
		{"12 mars 2024 à 14h05 : alerte", "2024-03-12T14:05", " : alerte"},
		{"le 1er mars 2024 à 14 h", "2024-03-01T14:00", ""},
		{"vers 14h05 alerte", "~2024-03-12T14:05", " alerte"},
		{"martes, 12 de marzo de 2024 a las 14:05 h, alerta", "2024-03-12T14:05", ", alerta"},
		{"12 de março de 2024 às 14h05 - alerta", "2024-03-12T14:05", " - alerta"},
		{"terça-feira, 12 de março de 2024", "2024-03-12", ""},
		{"12 марта 2024 г. в 14:05 тревога", "2024-03-12T14:05", " тревога"},
		{"12 марта, около 14:05", "~2024-03-12T14:05", ""},
		{"12 marzo 2024 alle ore 14.05 allarme", "2024-03-12T14:05", " allarme"},
		{"12 maart 2024 om 14.05 uur: alarm", "2024-03-12T14:05", ": alarm"},
		{"12 marca 2024 r. o godz. 14:05 alarm", "2024-03-12T14:05", " alarm"},
		{"w dniu 12 października 2024", "2024-10-12", ""},
		{"12 Mart 2024 Salı, saat 14.05: uyarı", "2024-03-12T14:05", ": uyarı"},
		{"tirsdag 12. mars 2024 kl. 14.05 varsel", "2024-03-12T14:05", " varsel"},
		{"kl 1405: varsel", "2024-03-12T14:05", ": varsel"},
		{"Kl. 14: varsel", "2024-03-12T14:00", ": varsel"},
		{"kl. 14.05–14.20 nede", "2024-03-12T14:05..2024-03-12T14:20", " nede"},
		{"ca. kl. 14.05 varsel", "~2024-03-12T14:05", " varsel"},
		{"2024年3月12日（火）14時05分 検知", "2024-03-12T14:05", " 検知"},
		{"3月12日 14:05頃 検知", "~2024-03-12T14:05", " 検知"},
		{"午後2時半 検知", "2024-03-12T14:30", " 検知"},
		{"14時05分から15時10分 停止", "2024-03-12T14:05..2024-03-12T15:10", " 停止"},
		{"約14時 検知", "~2024-03-12T14:00", " 検知"},
		{"2024年3月12日下午2点05分 告警", "2024-03-12T14:05", " 告警"},
		{"2024-03-12 (Tue) 14:05 alert", "2024-03-12T14:05", " alert"},
		{"12.03.2024 14:05", "2024-03-12T14:05", ""},
		{"03.04.2024 14:05", "2024-04-03T14:05", ""},
	} {
		c := calendar{day: day, near: day, dayFirst: "."}
		w, rest, ok := readWhen(test.text)
		if !ok {
			t.Errorf("%q is not read", test.text)
			continue
		}
		if at := c.resolve(w, c.dayOf(w, c.day)).String(); at != test.at || rest != test.rest {
			t.Errorf("%q: %s, rest %q; want %s, rest %q", test.text, at, rest, test.at, test.rest)
		}
	}
}

func TestReadWhenRefusesWordsOfOtherLanguages(t *testing.T) {
	for _, text := range []string{
		"3 out of 5 nodes", "5 set to zero", "2 ago it was", "um 3 Server", "a 10.2 release", "14時間 停止", "3点の改善", "2 horas después",
		"3 uur later", "alle 5 min", "12 de servers", "mars 2024", "4 des", "vers 2.10", "午後の対応", "12. Foo 2024",
	} {
		if w, _, ok := readWhen(text); ok {
			t.Errorf("%q is read as %+v", text, w)
		}
	}
}

// TestOrderOfNumbersIsThatOfTheLanguage holds that a date with two readings is none
// where the language does not say which.
func TestOrderOfNumbersIsThatOfTheLanguage(t *testing.T) {
	for _, test := range []struct{ text, dayFirst, day string }{
		{"03.04.2024", "./", "2024-04-03"}, {"03.04.2024", "", ""}, {"03/04/2024", "./", "2024-04-03"}, {"03/04/2024", ".", ""},
		{"13.04.2024", "", "2024-04-13"}, {"04/13/2024", "", "2024-04-13"}, {"04.04.2024", "", "2024-04-04"}, {"03.04/2024", "./", ""},
	} {
		c := calendar{dayFirst: test.dayFirst}
		if day, ok := c.asDate(test.text); ok != (test.day != "") || ok && day.String() != test.day {
			t.Errorf("%q with %q is %s, want %q", test.text, test.dayFirst, day, test.day)
		}
	}
}

func TestDayWithoutYearIsTheNearest(t *testing.T) {
	c := calendar{near: midnight(2018, 1, 3)}
	for text, want := range map[string]string{"Dec 30 10:00": "2017-12-30T10:00", "Feb 1 10:00": "2018-02-01T10:00"} {
		w, _, _ := readWhen(text)
		if at := c.resolve(w, c.dayOf(w, time.Time{})); at.String() != want {
			t.Errorf("%q is %s, want %s", text, at, want)
		}
	}
	w, _, _ := readWhen("Feb 30 10:00")
	if at := c.resolve(w, c.dayOf(w, time.Time{})); at.Known() {
		t.Errorf("February 30 is %s", at)
	}
	w, _, _ = readWhen("Feb 1 10:00")
	if at := (calendar{}).resolve(w, calendar{}.dayOf(w, time.Time{})); at.Known() {
		t.Errorf("a day without any year is %s", at)
	}
}

func TestReadSpan(t *testing.T) {
	for text, want := range map[string]string{
		"1h 28m": "1 h 28 min", "1h50m": "1 h 50 min", "1 hour and 50 minutes": "1 h 50 min", "399 minutes": "6 h 39 min",
		"~2 hours": "~2 h", "about an hour": "~1 h", "half an hour": "30 min", "2 days, 3 hours": "2 d 3 h", "1.5 hours": "1 h 30 min",
		"nine hours": "9 h", "10-30 minutes": "10 min to 30 min", "01:30": "1 h 30 min", "0:45:30": "46 min",
		"2 Stunden 30 Minuten": "2 h 30 min", "ca. 2 Std. und 5 Min.": "~2 h 5 min", "1 time og 15 minutter": "1 h 15 min", "2 h et 30 minutes": "2 h 30 min",
		"2 horas y 5 minutos": "2 h 5 min", "2 часа 5 минут": "2 h 5 min", "2時間30分": "2 h 30 min", "約50分間": "~50 min", "2小时5分钟": "2 h 5 min",
		"2 ore e 5 minuti": "2 h 5 min", "3 dni": "3 d", "1,5 saat": "1 h 30 min", "2 uur en 5 minuten (dinsdag)": "2 h 5 min", "2 hours and 3 people": "2 h",
		"18:00 to 19:12 UTC (72 minutes)": "1 h 12 min", "over 14 hours across four incidents": "~14 h", "a week": "7 d",
		"54 hours 10 minutes": "2 d 6 h", "~24h40m": "~1 d", "an hour and a half": "1 h 30 min", "two and a half hours": "2 h 30 min", "1h 5m": "1 h 5 min",
		"almost 2 hours": "~2 h", "about 40 min": "~40 min", "forty-five minutes": "45 min", "36-minute": "36 min", "some 20 mins": "~20 min",
		"a total of 3 hours": "3 h", "0h 07m": "7 min", "one hour": "1 h", "half a day": "12 h", "1.5 days": "1 d 12 h", "fifteen min": "15 min",
	} {
		d, ok := readSpan(text)
		if !ok || d.String() != want {
			t.Errorf("%q is %s, want %s", text, d, want)
		}
	}
	for _, text := range []string{"", "soon", "unknown", "and 3 items", "10:75", "minutes", "99999999999999999999 weeks"} {
		if d, ok := asSpan(text); ok {
			t.Errorf("%q is read as %s", text, d)
		}
	}
}

func TestSectionNamed(t *testing.T) {
	for heading, want := range map[string]incident.SectionKind{
		"Root cause": incident.CauseSection, "1. Root Cause(s)": incident.CauseSection, "Root cause of the outage": incident.CauseSection,
		"## **Timeline** (UTC)": incident.TimelineSection, "Incident timeline": incident.TimelineSection, "Timeline - May 29, 2021": incident.TimelineSection,
		"Why did it happen?": incident.CauseSection, "What are we doing about this?": incident.ActionSection, "Corrective and preventative measures": incident.ActionSection,
		"Follow-ups": incident.ActionSection, "What didn’t go well": incident.WrongSection, "Where we got lucky": incident.LuckySection,
		"A red herring: the invalid WAL file": incident.WrongTurnSection, "What we have learned:": incident.LessonSection,
		"Maßnahmen": incident.ActionSection, "再発防止策": incident.ActionSection, "TL;DR": incident.SummarySection,
		"How the timeline service lost its database in the night of May": incident.OtherSection, "Impactful changes": incident.OtherSection, "": incident.OtherSection,
		"Root\u200b\u00a0cause": incident.CauseSection, "\ufeffTime\u00adline": incident.TimelineSection,
		"What happened": incident.CauseSection,
	} {
		if got, weak := sectionNamed(heading); got != want || weak != (heading == "What happened") {
			t.Errorf("%q is %s (weak %v), want %s", heading, got, weak, want)
		}
	}
}
