"use strict";
(() => {
  const get = (id) => document.getElementById(id);
  const make = (tag, name, text) => {
    const e = document.createElement(tag);
    if (name) e.className = name;
    if (text !== undefined) e.textContent = text;
    return e;
  };
  const percent = (x) => {
    let p = Math.round(x * 100);
    if (p === 100 && x < 1) p = 99;
    return p === 0 && x > 0 ? "<1 %" : p + " %";
  };

  // The list: every row with the words by which it is found.
  const list = get("pair-list");
  const rows = list ? Array.from(list.tBodies[0].rows, (e) => ({ e, words: e.textContent.toLowerCase() })) : [];
  const form = get("filters");
  const batch = 500; // rows that a browser lays out while a person types
  let most = batch;
  const filter = () => {
    const wanted = get("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const kinds = new Set(Array.from(form.querySelectorAll("[name=kind]:checked"), (b) => b.value));
    const across = get("across").checked;
    let n = 0;
    for (const { e, words } of rows) {
      const fits = kinds.has(e.dataset.kind) && (!across || "across" in e.dataset) && wanted.every((w) => words.includes(w));
      if (fits) n++;
      e.hidden = !fits || n > most;
    }
    get("more").hidden = n <= most;
    get("more").textContent = "Show " + Math.min(n - most, batch) + " more of " + (n - most);
    get("shown").textContent = n === rows.length ? "" : n + " of " + rows.length;
    get("none").hidden = n > 0;
  };
  const sort = () => {
    const by = get("sort").value;
    const order = {
      n: (p, q) => p.n - q.n,
      share: (p, q) => q.share - p.share || p.n - q.n,
      length: (p, q) => q.length - p.length || p.n - q.n,
      date: (p, q) => (p.date < q.date ? 1 : p.date > q.date ? -1 : p.n - q.n),
    }[by];
    rows.sort((p, q) => order(p.e.dataset, q.e.dataset));
    list.tBodies[0].append(...rows.map((r) => r.e));
    filter();
  };
  if (form && list) {
    form.hidden = false;
    form.addEventListener("submit", (ev) => ev.preventDefault());
    form.addEventListener("input", () => {
      most = batch;
      filter();
    });
    get("more").addEventListener("click", () => {
      most += batch;
      filter();
    });
    addEventListener("beforeprint", () => {
      most = rows.length;
      filter();
    });
    get("sort").addEventListener("change", sort);
    list.addEventListener("click", (ev) => {
      const row = ev.target.closest("tr[data-text]");
      if (row && !ev.target.closest("a")) location.hash = "pair-" + row.dataset.n;
    });
    filter();
  }

  // The view of a pair. The data are parsed when they are first needed.
  let data;
  let here = 0; // the passage that is shown
  let total = 0;
  let back = 0; // where the list was scrolled to

  const open = (n) => {
    data = data || JSON.parse(get("data").textContent);
    const pair = data.pairs[n];
    if (!pair) return false;
    const a = data.docs[pair.a], b = data.docs[pair.b];
    total = pair.passages.length;
    here = 0;
    get("v-title").textContent = pair.kind + ": " + percent(Math.max(pair.shareA, pair.shareB)) + " shared";
    const facts = [pair.first, pair.credit && "credit: " + pair.credit, "likeness of the whole pages " + percent(pair.jaccard), pair.rule];
    if (pair.more) facts.push(pair.more + " more passages in matches.jsonl");
    get("v-facts").textContent = facts.filter(Boolean).join(" · ");
    side(get("v-a"), a, pair.shareA, pair.passages.map((p) => [p[0], p[1], p[4], p[5], p[6]]));
    side(get("v-b"), b, pair.shareB, pair.passages.map((p) => [p[2], p[3], p[4], p[5], p[6]]));
    step(0);
    return true;
  };

  const side = (article, doc, share, passages) => {
    const head = article.firstElementChild, body = article.lastElementChild;
    head.textContent = "";
    const title = make(doc.url ? "a" : "span", "title", doc.title || doc.id);
    title.dir = "auto";
    if (/^https?:\/\//i.test(doc.url)) {
      title.href = doc.url;
      title.target = "_blank";
      title.rel = "noopener noreferrer";
    }
    const where = make("span", "where");
    for (const [name, text] of [["source", doc.source], ["", doc.date], ["id", doc.title && doc.id], ["", doc.own + " of " + doc.words + " words are its own"]]) {
      if (text) where.append(make("bdi", name, text));
    }
    const bar = make("span", "share");
    bar.append(make("span"));
    bar.firstChild.style.width = share * 100 + "%";
    const doc1 = make("span", "doc");
    doc1.append(title, where);
    head.append(doc1, bar, make("b", "", percent(share)));
    body.textContent = "";
    body.append(...pieces(doc, passages));
    if (doc.cut) body.append(make("p", "ends", "The rest of this text is left out here."));
    body.scrollTop = 0;
  };

  // pieces cuts a text where a passage or a piece of furniture begins or ends.
  const pieces = (doc, passages) => {
    const cuts = new Set([0, doc.text.length]);
    for (const [s, e] of passages) cuts.add(s).add(e);
    for (const [s, e] of doc.marks) cuts.add(s).add(e);
    const at = Array.from(cuts).sort((p, q) => p - q);
    const order = passages.map((p, i) => [...p, i]).sort((p, q) => p[0] - q[0]);
    const marks = doc.marks.slice().sort((p, q) => p[0] - q[0]);
    const out = [];
    let p = 0, m = 0;
    for (let i = 0; i + 1 < at.length; i++) {
      const from = at[i], to = at[i + 1];
      while (p < order.length && order[p][1] <= from) p++;
      while (m < marks.length && marks[m][1] <= from) m++;
      const text = doc.text.slice(from, to);
      const mark = m < marks.length && marks[m][0] <= from ? marks[m] : null;
      const passage = p < order.length && order[p][0] <= from ? order[p] : null;
      let e;
      if (passage) {
        const n = passage[5] + 1;
        e = make("span", "m " + passage[2] + (passage[4] ? " quoted" : "") + (mark ? " furniture" : ""));
        e.dataset.p = n;
        e.title = n + ": " + passage[2] + (passage[4] ? ", quoted" : "") + ", " + percent(passage[3]) + " of the words; click for its twin";
        if (from === passage[0]) {
          e.append(make("sup", "", n));
          e.tabIndex = 0;
          e.setAttribute("role", "button");
        }
        e.append(text);
      } else if (mark) {
        e = make("span", "furniture", text);
        e.title = "furniture: " + mark[2] + " (" + mark[3] + ")";
      } else {
        e = document.createTextNode(text);
      }
      out.push(e);
    }
    return out;
  };

  const calm = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

  // show marks passage n on both sides and brings it into view, on the side
  // that was clicked only if it is out of sight.
  const show = (n, clicked) => {
    here = n;
    for (const e of document.querySelectorAll("#viewer .now")) e.classList.remove("now");
    for (const id of ["v-a", "v-b"]) {
      const body = get(id).lastElementChild;
      const parts = body.querySelectorAll('[data-p="' + n + '"]');
      for (const e of parts) e.classList.add("now");
      if (!parts.length || (clicked && body.contains(clicked))) continue;
      const top = parts[0].getBoundingClientRect().top - body.getBoundingClientRect().top;
      body.scrollTo({ top: body.scrollTop + top - body.clientHeight / 3, behavior: calm() });
    }
    label();
  };
  const label = () => { get("v-at").textContent = total ? (here ? here + " of " : "") + total + (total === 1 ? " passage" : " passages") : "no passages"; };
  const step = (by) => {
    if (!total || !by) return label();
    show(((here - 1 + by + (here || by > 0 ? 0 : 1)) % total + total) % total + 1);
  };

  const pick = (ev) => {
    const e = ev.target.closest("[data-p]");
    if (e) show(Number(e.dataset.p), e);
    return e;
  };
  const viewing = () => document.body.classList.contains("viewing");
  get("v-prev").addEventListener("click", () => step(-1));
  get("v-next").addEventListener("click", () => step(1));
  for (const id of ["v-a", "v-b"]) {
    get(id).addEventListener("click", pick);
    get(id).addEventListener("keydown", (ev) => {
      if ((ev.key === "Enter" || ev.key === " ") && pick(ev)) ev.preventDefault();
    });
  }
  document.addEventListener("keydown", (ev) => {
    if (!viewing() || ev.ctrlKey || ev.metaKey || ev.altKey) return;
    if (ev.key === "n") step(1);
    else if (ev.key === "p") step(-1);
    else if (ev.key === "Escape") location.hash = "pairs";
  });

  const route = () => {
    const at = /^#pair-(\d+)$/.exec(location.hash);
    const was = viewing();
    if (at && !was) back = scrollY;
    const shows = Boolean(at) && open(at[1]);
    document.body.classList.toggle("viewing", shows);
    get("viewer").hidden = !shows;
    get("report").hidden = shows;
    if (shows) {
      scrollTo({ top: 0, behavior: "instant" });
      get("v-title").focus({ preventScroll: true });
    } else if (was && location.hash === "#pairs") {
      scrollTo({ top: back, behavior: "instant" });
    }
  };
  addEventListener("hashchange", route);
  route();
})();
