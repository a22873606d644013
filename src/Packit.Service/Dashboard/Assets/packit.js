// Keeps an open page of a branch up to date. Without it the page is the same, as of when it was asked for.
"use strict";
(() => {
  const log = document.getElementById("log");
  const live = document.getElementById("live");
  if (!log || !log.dataset.events || !("EventSource" in window)) {
    return;
  }

  const source = new EventSource(log.dataset.events);
  const show = (text) => {
    live.hidden = text === "";
    live.textContent = text;
  };

  source.addEventListener("open", () => show("live"));
  source.addEventListener("error", () => show(source.readyState === EventSource.CLOSED ? "not live: reload the page" : "connecting again"));

  source.addEventListener("log", (event) => {
    const line = JSON.parse(event.data);
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
    const item = document.createElement("li");
    const time = document.createElement("time");
    item.className = line.level;
    time.dateTime = line.at;
    time.textContent = line.time;
    item.append(time, " ");
    if (line.level !== "info") {
      const level = document.createElement("b");
      level.textContent = line.level;
      item.append(level, " ");
    }
    item.append(line.text);
    log.append(item);
    if (atEnd) {
      log.scrollTop = log.scrollHeight;
    }
  });

  // The server renders everything but log lines, so a change of state is read from it.
  const refresh = async () => {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    if (!answer.ok) {
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-part]")) {
      const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
      if (fresh) {
        part.replaceWith(document.adoptNode(fresh));
      }
    }
  };

  source.addEventListener("state", () => refresh().catch(() => show("not live: reload the page")));
  source.addEventListener("end", () => {
    source.close();
    show("");
  });

  log.scrollTop = log.scrollHeight;
})();
