// The search of the site: reads the files of search/ that lgjobs/exports/site/search_index.py makes.
"use strict";
(() => {
  const SHOWN = 20;
  const CHUNK = 50;
  const STOP_WORDS = new Set(["and", "at", "borough", "council", "for", "in", "of", "on", "or",
    "the", "to", "with"]);
  const form = document.getElementById("search");
  const status = document.getElementById("status");
  const asked = new URLSearchParams(location.search);

  const files = new Map();
  function load(name) {
    if (!files.has(name)) {
      files.set(name, fetch(`search/${name}.json`).then((answer) => {
        if (!answer.ok) throw new Error(`search/${name}.json: ${answer.status}`);
        return answer.json();
      }));
    }
    return files.get(name);
  }

  const stem = (word) =>
    word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;

  function wordsOf(text) {
    const plain = text.toLowerCase().replace(/['’]/g, "").normalize("NFKD")
      .replace(/[\u0300-\u036f]/g, "");
    const words = (plain.match(/[a-z0-9]{2,}/g) || []).map((word) => stem(word.slice(0, 30)));
    return [...new Set(words)].filter((word) => !STOP_WORDS.has(word)).slice(0, 12);
  }

  function numbers(steps) {
    let at = 0;
    return steps.map((step) => (at += step));
  }

  // Jobs with a word that begins so: 1 where it stands in the title, 0 where elsewhere.
  async function withWord(word, index) {
    const found = new Map();
    const shard = word.slice(0, 2);
    if (!index.words.includes(shard)) return found;
    const words = await load(`words-${shard}`);
    for (const [kind, weight] of [["o", 0], ["t", 1]]) {
      for (const [each, steps] of Object.entries(words[kind])) {
        if (each.startsWith(word)) for (const job of numbers(steps)) found.set(job, weight);
      }
    }
    return found;
  }

  async function search(index) {
    let found = null;
    const keep = (next) => {
      if (found === null) { found = next; return; }
      const both = new Map();
      for (const [job, weight] of found) {
        if (next.has(job)) both.set(job, weight + next.get(job));
      }
      found = both;
    };
    for (const word of wordsOf(asked.get("q") || "")) keep(await withWord(word, index));
    for (const select of form.querySelectorAll("select")) {
      const value = asked.get(select.name);
      if (!value) continue;
      const lists = await load(select.name);
      const steps = Object.hasOwn(lists, value) ? lists[value] : [];
      keep(new Map(numbers(steps).map((job) => [job, 0])));
    }
    if (found === null) return Array.from({ length: index.jobs }, (_, job) => job);
    return [...found.keys()].sort((a, b) => found.get(b) - found.get(a) || a - b);
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function item(job) {
    const entry = element("li", "job");
    const title = element("h3");
    const link = element("a", "", job.title);
    link.href = `job/${job.page}.html`;
    title.append(link);
    entry.append(title);
    if (job.who) entry.append(element("p", "job-employer", job.who));
    if (job.pay) entry.append(element("p", "job-pay", job.pay));
    if (job.summary) entry.append(element("p", "job-summary", job.summary));
    if (job.closes) {
      const closes = element("p", "job-closes", "Closes: ");
      const when = element("time", "", job.closes);
      if (job.closesAt) when.dateTime = job.closesAt;
      closes.append(when);
      entry.append(closes);
    }
    return entry;
  }

  async function show(found, number) {
    const wanted = found.slice((number - 1) * SHOWN, number * SHOWN);
    const jobs = await Promise.all(wanted.map(async (at) =>
      (await load(`jobs-${Math.floor(at / CHUNK)}`))[at % CHUNK]));
    document.getElementById("results").replaceChildren(...jobs.map(item));
  }

  function step(name, number) {
    const entry = element("li");
    const link = element("a", "", name);
    const query = new URLSearchParams(asked);
    query.set("page", number);
    link.href = `search.html?${query}`;
    entry.append(link);
    return entry;
  }

  function showPages(number, last) {
    const list = element("ul");
    if (number > 1) list.append(step("Previous page", number - 1));
    list.append(element("li", "", `Page ${number} of ${last}`));
    if (number < last) list.append(step("Next page", number + 1));
    const pages = document.getElementById("pages");
    pages.replaceChildren(list);
    pages.hidden = last < 2;
  }

  async function run() {
    for (const field of form.elements) {
      if (field.name) field.value = asked.get(field.name) || "";
    }
    const found = await search(await load("index"));
    const last = Math.max(1, Math.ceil(found.length / SHOWN));
    const number = Math.min(last, Math.max(1, Number.parseInt(asked.get("page"), 10) || 1));
    await show(found, number);
    showPages(number, last);
    const total = found.length.toLocaleString("en-GB");
    status.textContent = found.length === 1 ? "1 job found" :
      found.length ? `${total} jobs found` : "No job found. Try fewer words or filters.";
    if (asked.get("q")) document.title = `${asked.get("q")}: ${status.textContent} – Council jobs`;
  }

  // Fields left empty stay out of the address.
  form.addEventListener("submit", () => {
    for (const field of form.elements) field.disabled = field.name !== "" && !field.value;
  });
  // A page that the browser kept comes back with its fields as they were sent: open them again.
  addEventListener("pageshow", () => {
    for (const field of form.elements) field.disabled = false;
  });

  run().catch(() => {
    status.textContent = location.protocol === "file:"
      ? "Searching works once the site is served, for example by: python -m http.server"
      : "The search could not be loaded. Please try again.";
  });
})();
