//go:build !race

// The page has no goroutines, and the race detector would watch no more than the tool that
// drives the browser.

package report

import (
	"context"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// hangs is when a browser that waits for an element that never comes is
// given up. It measures nothing.
const hangs = 5 * time.Minute

// browse opens a page in a browser without a window. It notes every request
// but that for the page itself and every word on the console.
func browse(t *testing.T, page string) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "headless-shell"} {
		if p, err := exec.LookPath(name); err == nil && path == "" {
			path = p
		}
	}
	if path == "" {
		t.Skip("no chromium on this machine: the page is not tried out in a browser")
	}
	limited, stop := context.WithTimeout(t.Context(), hangs)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(limited, chromedp.WithAllocatorOptions(
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(1400, 900),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
	))
	var watching sync.WaitGroup
	t.Cleanup(func() {
		cancel()
		watching.Wait()
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	requests := chromedp.Events(ctx, network.RequestWillBeSent)
	watching.Go(func() {
		for e, err := range requests {
			if err != nil {
				return
			}
			if !strings.HasPrefix(e.Request.URL, "file://"+page) {
				t.Errorf("the page asks for %s", e.Request.URL)
			}
		}
	})
	words := chromedp.Console(ctx)
	watching.Go(func() {
		for m, err := range words {
			if err != nil {
				return
			}
			t.Errorf("the console says %s", m)
		}
	})
	return ctx
}

// run does an action and returns its value.
func run[T any](t *testing.T, ctx context.Context, a chromedp.Action[T]) T {
	t.Helper()
	v, err := chromedp.Run(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func pagePath(t *testing.T, r *results) string {
	return filepath.Join(r.write(t), "report.html")
}

func script(t *testing.T, ctx context.Context, expression string) string {
	t.Helper()
	return run(t, ctx, chromedp.Evaluate[string]("String("+expression+")"))
}

// An editor looks for a pair, opens it, clicks a passage and goes back.
func TestBrowser(t *testing.T) {
	path := pagePath(t, week())
	ctx := browse(t, path)
	if err := chromedp.Do(ctx, chromedp.Navigate("file://"+path)); err != nil {
		t.Fatal(err)
	}
	if got := script(t, ctx, `document.querySelectorAll("#pair-list tbody tr:not([hidden])").length`); got != "3" {
		t.Errorf("%s pairs of reuse are shown", got)
	}
	if err := chromedp.Do(ctx, chromedp.SendKeys(chromedp.CSS("#search"), "tomke mole")); err != nil {
		t.Fatal(err)
	}
	if got := script(t, ctx, `document.getElementById("none").hidden`); got != "false" {
		t.Error("a search for nothing finds something")
	}
	script(t, ctx, `(document.getElementById("search").value = "")`)
	if err := chromedp.Do(ctx, chromedp.SendKeys(chromedp.CSS("#search"), "hafen bote")); err != nil {
		t.Fatal(err)
	}
	if got := script(t, ctx, `Array.from(document.querySelectorAll("#pair-list tbody tr:not([hidden])"), (r) => r.dataset.kind)`); got != "republished" {
		t.Errorf("the search finds %s", got)
	}
	if err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS("#pair-list tbody tr:not([hidden]) .two a")), chromedp.WaitVisible(chromedp.CSS("#viewer"))); err != nil {
		t.Fatal(err)
	}
	if got := run(t, ctx, chromedp.Text(chromedp.CSS("#v-title"))); got != "republished: 71 % shared" {
		t.Errorf("the pair is called %q", got)
	}
	r := week()
	for id, want := range map[string]string{"v-a": r.docs[0].Text, "v-b": r.docs[1].Text} {
		got := script(t, ctx, `(() => { const c = document.querySelector("#`+id+` .text").cloneNode(true); c.querySelectorAll("sup").forEach((s) => s.remove()); return c.textContent })()`)
		if got != want {
			t.Errorf("%s shows %q, want %q", id, got, want)
		}
	}
	if err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS(`#v-a [data-p="2"]`))); err != nil {
		t.Fatal(err)
	}
	if got := script(t, ctx, `Array.from(document.querySelectorAll("#viewer .now"), (e) => e.textContent).join("|")`); got != "2Elf Fischkutter müssen für vier Monate in den Nachbarhafen ausweichen.|2Für vier Monate ziehen elf Kutter in den Hafen nebenan um." {
		t.Errorf("marked: %s", got)
	}
	if got := script(t, ctx, `document.querySelector("#v-b .reworded").textContent.length + " " + document.querySelectorAll("#v-b .furniture").length`); got != "59 2" {
		t.Errorf("reworded and furniture: %s", got)
	}
	if err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS("#v-next"))); err != nil {
		t.Fatal(err)
	}
	if got := run(t, ctx, chromedp.Text(chromedp.CSS("#v-at"))); got != "1 of 2 passages" {
		t.Errorf("after the last passage comes %q", got)
	}
	if err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS("#v-close")), chromedp.WaitVisible(chromedp.CSS("#pair-list"))); err != nil {
		t.Fatal(err)
	}
	if got := script(t, ctx, `document.getElementById("viewer").hidden`); got != "true" {
		t.Error("the pair is still open")
	}
}

// From a group of copies an editor comes to the two texts, and back; where a passage
// stands she sees by title and source.
func TestBrowserLists(t *testing.T) {
	path := pagePath(t, week())
	ctx := browse(t, path)
	if err := chromedp.Do(ctx, chromedp.Navigate("file://"+path)); err != nil {
		t.Fatal(err)
	}
	script(t, ctx, `document.querySelectorAll("details").forEach((d) => { d.open = true })`)
	if got := script(t, ctx, `Array.from(document.querySelectorAll("#passages .passage:first-of-type li"), (e) => e.innerText.replace(/\s+/g, " ")).join("|")`); got !=
		"Ferry runs aground The Post2025-02-25post-ferry|Forty stranded on a sandbank, \"nobody hurt\" Globe2025-02-25globe-ferry" {
		t.Errorf("a passage stands in %s", got)
	}
	if got := script(t, ctx, `[".passage summary", ".house summary"].map((s) => getComputedStyle(document.querySelector(s), "::before").content)`); got != `none,"▾"` {
		t.Errorf("marks of what is open: %s", got)
	}
	if err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS("#groups .beside")), chromedp.WaitVisible(chromedp.CSS("#viewer"))); err != nil {
		t.Fatal(err)
	}
	if got := run(t, ctx, chromedp.Text(chromedp.CSS("#v-title"))); got != "republished: 71 % shared" {
		t.Errorf("the pair is called %q", got)
	}
	from := script(t, ctx, `scrollY`)
	if err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS("#v-close")), chromedp.WaitVisible(chromedp.CSS("#groups"))); err != nil {
		t.Fatal(err)
	}
	if got := script(t, ctx, `document.querySelector("#groups .beside").getBoundingClientRect().top > 0 && scrollY > `+from); got != "true" {
		t.Error("the way back leads elsewhere")
	}
}

// Of many pairs a browser lays out some hundreds; the search goes through all, the rest
// comes when it is asked for, and on paper.
func TestBrowserMany(t *testing.T) {
	path := pagePath(t, copied(14, 10)) // 630 pairs
	ctx := browse(t, path)
	if err := chromedp.Do(ctx, chromedp.Navigate("file://"+path)); err != nil {
		t.Fatal(err)
	}
	const rows = `document.querySelectorAll("#pair-list tbody tr:not([hidden])").length + (document.getElementById("more").hidden ? "" : " " + document.getElementById("more").textContent)`
	search := func(words string) string {
		return `(() => { const s = document.getElementById("search"); s.value = "` + words + `"; s.dispatchEvent(new Event("input", { bubbles: true })); return ` + rows + ` })()`
	}
	for _, c := range []struct{ do, want string }{
		{rows, "500 Show 130 more of 130"},
		{`(() => { document.getElementById("more").click(); return ` + rows + ` })()`, "630"},
		{search(""), "500 Show 130 more of 130"},
		{`(() => { dispatchEvent(new Event("beforeprint")); return ` + rows + ` })()`, "630"},
	} {
		if got := script(t, ctx, c.do); got != c.want {
			t.Errorf("%s: %q, want %q", c.do, got, c.want)
		}
	}
	script(t, ctx, search("Titel 9 Fassung"))
	if got := script(t, ctx, `Array.from(document.querySelectorAll("#pair-list tbody tr:not([hidden])"), (r) => Number(r.dataset.n) > 500)`); !strings.Contains(got, "true") {
		t.Error("a search does not find what stood behind the first rows")
	}
}

// Hostile texts do nothing in a browser, in the lists and in the view.
func TestBrowserHostile(t *testing.T) {
	path := pagePath(t, evilResults())
	ctx := browse(t, path)
	if err := chromedp.Do(ctx, chromedp.Navigate("file://"+path)); err != nil {
		t.Fatal(err)
	}
	for i := range evil {
		script(t, ctx, `(location.hash = "pair-`+strconv.Itoa(i+1)+`")`)
		if err := chromedp.Do(ctx, chromedp.WaitVisible(chromedp.CSS("#viewer"))); err != nil {
			t.Fatal(err)
		}
	}
	if got := script(t, ctx, `document.querySelectorAll("img, iframe, object").length + " " + document.scripts.length`); got != "0 2" {
		t.Errorf("elements that were made of texts: %s", got)
	}
	if got := script(t, ctx, `Array.from(document.links, (a) => a.protocol).filter((p) => p !== "file:" && p !== "https:")`); got != "" {
		t.Errorf("links by %s", got)
	}
}
