package reading

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// TestLanguagesFile holds the table free of faults: no name of two kinds, no month
// that is two, no key that is not known.
func TestLanguagesFile(t *testing.T) {
	_, problems := readLanguages(languagesFile)
	for _, p := range problems {
		t.Error(p)
	}
}

func TestLanguagesFileRefusesContradictions(t *testing.T) {
	_, problems := readLanguages([]byte("xx:\n  sections: {cause: a, impact: a}\n  labels: {started: b, resolved: b, nothing: c}\n  unheard: d\n  months: x; x\n"))
	var got []string
	for _, p := range problems {
		got = append(got, p.Text)
	}
	want := []string{`"a" is cause and impact`, `label "b" of "resolved" is another one's`, `label "c" of "nothing" is another one's`,
		`unknown key "unheard"`, `"x" is two months`, `2 months`}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// TestReportsInEveryLanguage reads a short report in each language that has no case
// of its own.
func TestReportsInEveryLanguage(t *testing.T) {
	for _, test := range []struct{ tag, text, want string }{
		{"es", "# Caída de los pagos\n\nFecha: 03/04/2024\nInicio: 14:05\nDuración: 1 hora y 15 minutos\n\n## Resumen\n\nLos pagos no funcionaron porque el certificado había caducado.\n\n" +
			"## Cronología\n\n- a las 14:05 h: caduca el certificado\n- 15:20: se instala uno nuevo\n\n## Causa raíz\n\nNadie lo renovó.\n\n## Acciones\n\n- Avisar con 30 días (hecho)\n",
			"2024-04-03 75m rows=2 done summary timeline cause actions"},
		{"fr", "# Panne des paiements\n\nDate : 3 avril 2024\nDébut : 14h05\nDurée : 1 heure et 15 minutes\n\n## Résumé\n\nLes paiements ont échoué, car le certificat était expiré depuis le matin.\n\n" +
			"## Chronologie\n\n- 14h05 : le certificat expire\n- 15h20 : un nouveau est en place\n\n## Cause racine\n\nPersonne ne l'a renouvelé.\n\n## Plan d'action\n\n- Alerter 30 jours avant (fait)\n",
			"2024-04-03 75m rows=2 done summary timeline cause actions"},
		{"pt", "# Queda dos pagamentos\n\nData: 3 de abril de 2024\nInício: 14h05\nDuração: 1 hora e 15 minutos\n\n## Resumo\n\nOs pagamentos não funcionaram porque o certificado estava vencido.\n\n" +
			"## Linha do tempo\n\n- 14h05: o certificado vence\n- às 15h20: um novo foi instalado\n\n## Causa raiz\n\nNinguém o renovou.\n\n## Plano de ação\n\n- Avisar 30 dias antes (concluído)\n",
			"2024-04-03 75m rows=2 done summary timeline cause actions"},
		{"ru", "# Сбой платежей\n\nДата: 03.04.2024\nНачало: 14:05\nДлительность: 1 час 15 минут\n\n## Краткое описание\n\nПлатежи не проходили, так как сертификат истёк и его не продлили.\n\n" +
			"## Хронология\n\n- 14:05 — сертификат истекает\n- в 15:20 — установлен новый\n\n## Первопричина\n\nНикто его не продлил.\n\n## Дальнейшие шаги\n\n- Предупреждать за 30 дней (готово)\n",
			"2024-04-03 75m rows=2 done summary timeline cause actions"},
		{"it", "# Pagamenti fermi\n\nData: 3 aprile 2024\nInizio: 14:05\nDurata: 1 ora e 15 minuti\n\n## Riepilogo\n\nI pagamenti non sono andati a buon fine perché il certificato era scaduto.\n\n" +
			"## Cronologia\n\n- ore 14.05: scade il certificato\n- alle 15.20: uno nuovo è attivo\n\n## Causa principale\n\nNessuno lo ha rinnovato.\n\n## Azioni correttive\n\n- Avvisare 30 giorni prima (fatto)\n",
			"2024-04-03 75m rows=2 done summary timeline cause actions"},
		{"nl", "# Betalingen lagen stil\n\nDatum: 03-04-2024\nBegin: 14:05\nDuur: 1 uur en 15 minuten\n\n## Samenvatting\n\nBetalingen werden niet verwerkt omdat het certificaat van de bank was verlopen.\n\n" +
			"## Tijdlijn\n\n- om 14.05 uur: het certificaat verloopt\n- 15:20: een nieuw certificaat staat klaar\n\n## Oorzaak\n\nNiemand had het vernieuwd.\n\n## Vervolgstappen\n\n- Waarschuw 30 dagen vooraf (afgerond)\n",
			"2024-04-03 75m rows=2 done summary timeline cause actions"},
		{"pl", "# Awaria płatności\n\nData: 3 kwietnia 2024 r.\nPoczątek: 14:05\nCzas trwania: 1 godzinę i 15 minut\n\n## Podsumowanie\n\nPłatności nie działały, ponieważ certyfikat wygasł i nie został odnowiony na czas.\n\n" +
			"## Oś czasu\n\n- godz. 14:05: certyfikat wygasa\n- o 15:20: nowy jest na miejscu\n\n## Przyczyna źródłowa\n\nNikt go nie odnowił.\n\n## Działania naprawcze\n\n- Ostrzegać 30 dni wcześniej (zrobione)\n",
			"2024-04-03 75m rows=2 done summary timeline cause actions"},
		{"tr", "# Ödemeler durdu\n\nTarih: 3 Nisan 2024\nBaşlangıç: 14:05\nSüre: 1 saat 15 dakika\n\n## Özet\n\nSertifika yenilenmediği için ödemeler yapılamadı ve bu durum bir saat kadar sürdü.\n\n" +
			"## Zaman çizelgesi\n\n- saat 14.05: sertifikanın süresi doluyor\n- 15:20: yenisi hazır\n\n## Kök neden\n\nKimse yenilemedi.\n\n## Sonraki adımlar\n\n- 30 gün önce uyar (tamamlandı)\n",
			"2024-04-03 75m rows=2 done summary timeline cause actions"},
		{"zh", "# 支付故障\n\n日期：2024年4月3日\n开始时间：14:05\n持续时间：1小时15分钟\n\n## 概述\n\n证书过期导致支付失败。\n\n## 时间线\n\n- 14时05分：证书过期\n- 下午3点20分：新证书生效\n\n" +
			"## 根本原因\n\n没有人更新证书。\n\n## 改进措施\n\n- 提前30天告警（已完成）\n",
			"2024-04-03 75m rows=2 done summary timeline cause actions"},
	} {
		f := facts(test.text)
		if got := outlineOfFacts(f); f.Language != test.tag || got != test.want {
			t.Errorf("%s is read as %q: %s, want %s", test.tag, f.Language, got, test.want)
		}
		for _, row := range f.Timeline {
			if row.At.Date().String() != "2024-04-03" {
				t.Errorf("%s: row %q is at %s", test.tag, row.Label, row.At)
			}
		}
		if f.Started.Value.String() != "2024-04-03T14:05" {
			t.Errorf("%s: started %s", test.tag, f.Started.Value)
		}
	}
}

// outlineOfFacts tells the most important facts on one line.
func outlineOfFacts(f Facts) string {
	s := fmt.Sprintf("%s %dm rows=%d", f.Date.Value, int(time.Duration(f.Duration.Value.Most).Minutes()), len(f.Timeline))
	for _, a := range f.Actions {
		if a.Status != nil {
			s += " " + *a.Status
		}
	}
	for _, section := range f.Sections[1:] {
		s += " " + string(section.Kind)
	}
	return s
}

func TestLanguageOf(t *testing.T) {
	for text, want := range map[string]string{
		"The database was down and the alert did not fire for an hour.":                           "en",
		"## Zusammenfassung\n\nDB voll.\n\n## Ursache\n\nLog-Rotation.\n\n## Maßnahmen\n\nAlarm.": "de",
		"## Summary\n\nDie Datenbank war voll, und wir haben es erst nach einer Stunde bemerkt.":  "de",
		"Databasen var fuld, og vi opdagede det ikke, før kunderne ringede til os efter en time.": "",
		"Vi såg att databasen inte var tillgänglig och att den hade varit nere sedan natten.":     "sv",
		"Databasen var full, og vi merket det ikke før kundene ringte oss etter en time.":         "nb",
		"kubectl get pods": "",
		"":                 "",
		"CPU 95%":          "",
		"Redis の再起動後に Kubernetes が復旧しました":                                                 "ja",
		"Мережа не працювала, і ми не знали про це, бо сповіщення не прийшло через збій.": "uk",
	} {
		if got := facts(text).Language; got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
