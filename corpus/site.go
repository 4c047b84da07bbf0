package corpus

import "strings"

// hostOf returns the lower-case host of an absolute URL, without port and
// without "www."; empty if there is none.
func hostOf(url string) string {
	i := strings.Index(url, "//")
	if i < 0 || i > 0 && url[i-1] != ':' {
		return ""
	}
	host := url[i+2:]
	if i := strings.IndexAny(host, `/?#\`); i >= 0 {
		host = host[:i]
	}
	host = host[strings.LastIndexByte(host, '@')+1:]
	if strings.HasPrefix(host, "[") { // an IPv6 address
		end := strings.IndexByte(host, ']')
		return strings.ToLower(host[:end+1])
	}
	host, _, _ = strings.Cut(host, ":")
	return bareSite(host)
}

// siteOf returns the site that a source's name tells: the host if it is a URL,
// else the name itself in lower case, without "www.".
func siteOf(source string) string {
	if host := hostOf(source); host != "" {
		return host
	}
	return bareSite(strings.TrimSpace(source))
}

func bareSite(name string) string {
	name = strings.TrimSuffix(strings.ToLower(name), ".")
	return strings.TrimPrefix(name, "www.")
}
