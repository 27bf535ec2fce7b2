"use strict";
// Pages are complete without this script. A link to something folded away unfolds it.
function unfoldTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && target.tagName === "DETAILS") target.open = true;
}
addEventListener("hashchange", unfoldTarget);
unfoldTarget();
// The three first pages alone: the rest is left out while the print dialogue is open.
const core = document.getElementById("trykk");
if (core) {
  core.hidden = false;
  core.addEventListener("click", () => {
    document.body.classList.add("bare-kjernen");
    print();
    document.body.classList.remove("bare-kjernen");
  });
}
// How many of the doubts have been answered.
const doubts = document.querySelector(".usikre");
if (doubts) {
  const total = doubts.children.length;
  doubts.addEventListener("change", () => {
    document.querySelector("#usikre [role=status]").textContent = `${doubts.querySelectorAll(":checked").length}/${total}.`;
  });
}
// Tables in the overview can be ordered by any column.
for (const table of document.querySelectorAll("table.sorterbar")) {
  const headers = [...table.tHead.rows[0].cells];
  const value = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.value === undefined ? cell.textContent.trim() : Number(cell.dataset.value);
  };
  const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, document.documentElement.lang));
  headers.forEach((header, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = header.textContent;
    header.replaceChildren(button);
    header.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => {
      const first = header.classList.contains("tall") ? "descending" : "ascending";
      const other = first === "ascending" ? "descending" : "ascending";
      const direction = header.getAttribute("aria-sort") === first ? other : first;
      for (const each of headers) each.setAttribute("aria-sort", each === header ? direction : "none");
      const sign = direction === "ascending" ? 1 : -1;
      const rows = [...table.tBodies[0].rows];
      rows.sort((a, b) => sign * compare(value(a, column), value(b, column)));
      table.tBodies[0].append(...rows);
    });
  });
}
