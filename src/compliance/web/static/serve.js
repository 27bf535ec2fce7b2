/* Brings the list up to date, takes dropped files, and shows the page of an open place beside the list. The page works
   without it: forms post, and a reload shows how far a plan has come. */
"use strict";

const ended = new Set(["done", "failed"]);

async function update() {
  const response = await fetch("/planer", { headers: { accept: "application/json" } });
  if (!response.ok) return;
  const jobs = await response.json();
  const open = document.body.dataset.plan;
  for (const job of jobs) {
    const row = document.querySelector(`#ko li[data-id="${job.id}"]`);
    if (row && row.dataset.state !== job.state) {
      row.dataset.state = job.state;
      row.querySelector(".says").textContent = job.says;
    }
    if (job.id === open && job.state !== document.body.dataset.state) {
      location.reload();
      return;
    }
  }
  const left = jobs.filter((job) => !ended.has(job.state)).length;
  const status = document.getElementById("status");
  const text = left ? `${jobs.length - left} av ${jobs.length} ferdig` : "";
  if (status.textContent !== text) status.textContent = text;
  if (left) setTimeout(update, jobs.some((job) => job.state === "reading") ? 200 : 700);
}

if (document.querySelector("#ko li:not([data-state=done]):not([data-state=failed])")) setTimeout(update, 300);

const form = document.querySelector(".slipp");
const input = form.querySelector("input[type=file]");
// The browser's own button speaks the browser's language: the label takes its place, and the names are told below.
form.classList.add("skript");
input.addEventListener("change", () => {
  document.getElementById("valgt").textContent = [...input.files].map((file) => file.name).join(", ");
});
for (const name of ["dragover", "dragleave", "drop"]) {
  form.addEventListener(name, (event) => {
    event.preventDefault();
    form.classList.toggle("dra", name === "dragover");
    if (name === "drop" && event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      form.requestSubmit();
    }
  });
}

for (const each of document.querySelectorAll("form[data-spor]")) {
  each.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.hasAttribute("formaction")) return;
    if (!confirm(each.dataset.spor)) event.preventDefault();
  });
}

const viewer = document.querySelector(".viser");
const wide = matchMedia("(min-width: 62.01rem)");
for (const place of document.querySelectorAll("details.sted")) {
  place.addEventListener("toggle", () => {
    const picture = place.querySelector(".ark");
    if (!viewer || !wide.matches || !place.open || !picture) return;
    viewer.replaceChildren(picture.cloneNode(true));
    viewer.hidden = false;
    for (const each of document.querySelectorAll("details.sted .ark")) each.hidden = each === picture;
  });
}

const filters = document.querySelector(".faner");
if (filters) {
  filters.hidden = false;
  filters.addEventListener("click", (event) => {
    const chosen = event.target.closest("button");
    if (!chosen) return;
    for (const each of filters.children) each.setAttribute("aria-pressed", String(each === chosen));
    for (const each of document.querySelectorAll("section[data-fane]")) {
      each.hidden = chosen.dataset.viser !== "" && each.dataset.fane !== chosen.dataset.viser;
    }
  });
}
