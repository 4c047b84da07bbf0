package blocks

import (
	"slices"
	"strings"
	"testing"

	"reprint/shingle"
)

// article is invented, and so is what stands around it in page.
var article = []string{
	"Der Rat der Stadt Ellernbruch hat am Montag beschlossen, die alte Mühle am Fluss zu kaufen und in den nächsten drei Jahren zu sanieren.",
	"Das Gebäude steht seit mehr als zwanzig Jahren leer. Nach Angaben der Verwaltung wird der Umbau rund vier Millionen Euro kosten, von denen das Land die Hälfte übernimmt.",
	"Streit um die Kosten",
	"Die Opposition hatte den Kauf abgelehnt, weil die Stadt in diesem Jahr schon die Schule am Markt erneuern muss. „Wir können das Geld nur einmal ausgeben“, sagte ihre Sprecherin im Rat.",
	"Der Bürgermeister hielt dagegen, dass die Mühle zu den ältesten Häusern der Stadt gehört und ohne Hilfe den nächsten Winter kaum überstehen würde.",
	"Im Frühjahr sollen die Arbeiten am Dach beginnen. Danach werden die Räume für die Bücherei und den Verein der Heimatfreunde eingerichtet.",
}

var (
	before = []string{"Startseite", "Politik", "Sport", "Anmelden", "Jetzt Newsletter abonnieren", "Teilen", "Drucken", "Von Erna Muster", "Stand: 12.03.2024, 17:45 Uhr"}
	behind = []string{"Auf Facebook teilen", "Mehr zum Thema", "Lesen Sie auch: Brücke gesperrt", "Kommentare (12)", "Kommentar schreiben", "Meistgelesen", "Anzeige", "Alle Rechte vorbehalten", "Impressum", "Datenschutz", "Kontakt"}
)

func kinds(text string) []string {
	var z shingle.Tokenizer
	var t shingle.Text
	var p Page
	z.Tokenize(&t, text)
	return p.Furniture(Shipped(), text, &t, Source{})
}

func TestPage(t *testing.T) {
	all := slices.Concat(before, article, behind)
	got := kinds(strings.Join(all, "\n\n"))
	for i, kind := range got {
		inside := i >= len(before) && i < len(before)+len(article)
		if inside != (kind == "") {
			t.Errorf("%q: kind %q", all[i], kind)
		}
	}
	for text, want := range map[string]string{"Jetzt Newsletter abonnieren": "newsletter", "Teilen": "share", "Kommentare (12)": "comments", "Impressum": "disclaimer", "Sport": "navigation"} {
		if kind := got[slices.Index(all, text)]; kind != want {
			t.Errorf("%q: kind %q, want %q", text, kind, want)
		}
	}
}

func TestArticleAlone(t *testing.T) {
	for _, sep := range []string{"\n\n", "\n", " "} {
		if got := kinds(strings.Join(article, sep)); slices.ContainsFunc(got, func(k string) bool { return k != "" }) {
			t.Errorf("parted by %q: %q", sep, got)
		}
	}
	for _, text := range []string{"", "\n\n", "Teilen", strings.Join(behind, " ")} {
		if got := kinds(text); slices.ContainsFunc(got, func(k string) bool { return k != "" }) {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// A list of facts between the paragraphs of an article, however much its entries
// look like a menu, is the article's: a page begins or ends with furniture.
func TestIsland(t *testing.T) {
	list := []string{"Das Gericht verlangt von dem Netzwerk in dem Schreiben die Herausgabe der folgenden Daten:",
		"Klarnamen der Benutzer", "Private und geschäftliche Adressen, auch E-Mail", "alle bei Twitter veröffentlichten Beiträge", "Kreditkarten- und Bankdaten", "IP-Adressen, Telefon, Facebook"}
	text := strings.Join(slices.Concat(article, list, article), "\n")
	if got := kinds(text); slices.ContainsFunc(got, func(k string) bool { return k != "" }) {
		t.Errorf("%q", got)
	}
}

// TestScratch checks that what a page was before does not matter.
func TestScratch(t *testing.T) {
	texts := []string{strings.Join(before, "\n\n"), strings.Join(slices.Concat(article, behind), "\n\n"), "", "one\ntwo\nthree\nfour\nfive", strings.Join(slices.Concat(before, article, behind), "\n")}
	var z shingle.Tokenizer
	var text shingle.Text
	var used Page
	for _, s := range slices.Concat(texts, texts) {
		z.Tokenize(&text, s)
		got := slices.Clone(used.Furniture(Shipped(), s, &text, Source{}))
		if want := kinds(s); !slices.Equal(got, want) {
			t.Errorf("%.40q: used %q, fresh %q", s, got, want)
		}
	}
}

func TestRowLength(t *testing.T) {
	var z shingle.Tokenizer
	var text shingle.Text
	var p Page
	s := strings.Join(before, "\n")
	z.Tokenize(&text, s)
	p.Read(s, &text)
	p.Odds(Shipped())
	for i := range p.Len() {
		if n := len(p.Row(i)); n != Features {
			t.Fatalf("row of %d values, %d names", n, Features)
		}
	}
}

func TestCues(t *testing.T) {
	for text, want := range map[string]string{
		"Melden Sie sich für unseren Newsletter an": "newsletter",
		"Lesen Sie auch: Brücke gesperrt":           "teaser",
		"All rights reserved":                       "disclaimer",
		"vor 5 Stunden":                             "dateline",
		"17 Kommentare":                             "comments",
		"all rights":                                "",
		"À lire aussi : Le pont reste fermé":        "teaser",
		"Все права защищены":                        "disclaimer",
		"12条评论":                                     "comments",
		"分享":                                        "share",
		"两位市长在会上向居民代表们分享了各自城市的经验": "", // shared, in prose
		"많이 본 기사": "teaser",
	} {
		var z shingle.Tokenizer
		var words shingle.Text
		z.Tokenize(&words, text)
		set := allCues().find(&words, 0, words.Len())
		if want == "" && set != 0 || want != "" && set>>slices.Index(cueNames[:], want)&1 == 0 {
			t.Errorf("%q: %b, want %s", text, set, want)
		}
	}
}

// elsewhere are pages in languages of which the model saw none, all invented: menus, articles
// and what stands below them, with an empty line between.
var elsewhere = map[string]string{
	"ru": `Главная|Политика|Экономика|Спорт|Войти|Поделиться

Совет города Еловска решил в понедельник купить старую мельницу у реки и отремонтировать её за три года.|Здание пустует больше двадцати лет. По данным администрации, ремонт обойдётся примерно в четыре миллиона рублей, половину из которых даст область.|Оппозиция была против, потому что в этом году город уже чинит школу на рынке, и деньги можно потратить только один раз.

Читайте также|Самое читаемое|12 комментариев|Реклама|Все права защищены|Конфиденциальность|Контакты`,
	"ko": `홈|정치|경제|스포츠|로그인|공유하기

엘른시 의회는 월요일 강가의 오래된 방앗간을 사들여 앞으로 3년 동안 고치기로 결정했다고 시 관계자가 이날 기자들에게 말했다.|이 건물은 20년 넘게 비어 있었다. 시는 공사비가 약 40억 원이 들 것으로 보고 있으며 절반은 도가 부담하기로 한 것으로 전해졌다.|야당은 올해 시장 옆 학교도 고쳐야 하는데 돈은 한 번밖에 쓸 수 없다며 매입에 반대했지만 표결에서 지고 말았다고 밝혔다.

관련 기사|많이 본 기사|댓글 12개|광고|무단 전재 및 재배포 금지|개인정보처리방침|문의`,
	"hi": `होम|राजनीति|अर्थव्यवस्था|खेल|लॉग इन|शेयर करें

एलनपुर नगर परिषद ने सोमवार को नदी के किनारे की पुरानी चक्की ख़रीदने और तीन साल में उसकी मरम्मत करने का फ़ैसला किया।|यह इमारत बीस साल से ज़्यादा समय से ख़ाली है। प्रशासन के अनुसार मरम्मत पर क़रीब चार करोड़ रुपये ख़र्च होंगे, जिनमें से आधे राज्य देगा।|विपक्ष ने ख़रीद का विरोध किया था, क्योंकि इस साल शहर को बाज़ार के स्कूल की भी मरम्मत करनी है और पैसा एक ही बार ख़र्च हो सकता है।

यह भी पढ़ें|सबसे ज़्यादा पढ़े गए|12 टिप्पणियाँ|विज्ञापन|सर्वाधिकार सुरक्षित|गोपनीयता|संपर्क`,
	"zh": `首页|政治|经济|体育|登录|分享

叶伦市议会星期一决定买下河边的旧磨坊，并在今后三年内把它修好。|这座建筑已经空置二十多年。市政府说，修缮大约要花四千万元，其中一半由省里承担。|反对派不同意买，因为今年城里还要修市场旁边的学校，而钱只能花一次。

延伸阅读|热门新闻|12条评论|广告|版权所有|隐私政策|联系我们`,
}

// TestElsewhere: what is no article goes, and all of the article stays.
func TestElsewhere(t *testing.T) {
	for code, page := range elsewhere {
		parts := strings.Split(page, "\n\n")
		before, own, behind := strings.Split(parts[0], "|"), strings.Split(parts[1], "|"), strings.Split(parts[2], "|")
		all := slices.Concat(before, own, behind)
		gone := 0
		for i, kind := range kinds(strings.Join(all, "\n\n")) {
			inside := i >= len(before) && i < len(before)+len(own)
			if inside && kind != "" {
				t.Errorf("%s: %q is %s", code, all[i], kind)
			}
			if !inside && kind != "" {
				gone++
			}
		}
		if gone < (len(before)+len(behind))*3/4 {
			t.Errorf("%s: %d of %d blocks around the article are furniture", code, gone, len(before)+len(behind))
		}
	}
}

// TestCueFile checks that every line of the file is read.
func TestCueFile(t *testing.T) {
	for line := range strings.Lines(cueText) {
		name, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		if name != "#" && name != "" && !slices.Contains(cueNames[:], name) {
			t.Errorf("no kind of furniture: %q", line)
		}
	}
}

// TestCount compares the packed counts with a count of each byte.
func TestCount(t *testing.T) {
	for _, s := range []string{"", "Ab1, c.", strings.Repeat("Zx9,~ä„© ", 200), strings.Repeat(",", 1000), "Bild © Erna", "a » b"} {
		var got, want block
		got.count(s)
		for i := range len(s) {
			c := byteClass[s[i]]
			for field, n := range map[uint64]*int{isUpper: &want.upper, isLetter: &want.letters, isDigit: &want.digits, isMark: &want.marks, isComma: &want.commas, isChar: &want.chars} {
				if c&field != 0 {
					*n++
				}
			}
		}
		want.right = strings.Contains(s, "©")
		if got != want {
			t.Errorf("%.20q: %+v, want %+v", s, got, want)
		}
	}
}
