package corpus

import "testing"

func TestSite(t *testing.T) {
	for _, c := range []struct{ in, host, site string }{
		{"https://www.Example.ORG/a?b#c", "example.org", "example.org"},
		{"http://user:pass@news.example:8080/", "news.example", "news.example"},
		{"//cdn.example/x", "cdn.example", "cdn.example"},
		{"https://example.org?x=//other.example", "example.org", "example.org"},
		{"https://example.org.", "example.org", "example.org"},
		{"https://[2001:DB8::1]:80/", "[2001:db8::1]", "[2001:db8::1]"},
		{"https://[broken", "", "https://[broken"},
		{"https://MÜLLER.example/", "müller.example", "müller.example"},
		{"https://www.", "www", "www"},
		{"https://", "", "https://"},
		{"www.Example.org", "", "example.org"},
		{" Havelbote ", "", "havelbote"},
		{"a//b", "", "a//b"},
		{"", "", ""},
	} {
		if got := hostOf(c.in); got != c.host {
			t.Errorf("host of %q: got %q, want %q", c.in, got, c.host)
		}
		if got := siteOf(c.in); got != c.site {
			t.Errorf("site of %q: got %q, want %q", c.in, got, c.site)
		}
	}
}
