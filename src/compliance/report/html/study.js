"use strict";
// The table of municipalities: drawn fifty at a time from one character a cell, so that 357 open as fast as ten.
const data = JSON.parse(document.getElementById("data").textContent);
const PAGE = 50;
const field = (id) => document.getElementById(id);
let shown = PAGE;
const make = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};
// «3» is sure, «d» is 3 and unsure, «-» was not held against it.
const read = (sign) => (sign === "-" ? null : sign >= "a" ? [sign.charCodeAt(0) - 97, false] : [Number(sign), true]);
const anchor = (label, subject) => (subject === "theme" ? label[1].split(" ")[0] : label[0]).toLowerCase()
  .replace(/æ/g, "ae").replace(/ø/g, "o").replace(/å/g, "a").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
function draw() {
  const subject = field("f-s").value, labels = data.labels[subject], by = field("f-r").value;
  const rank = by === "" ? -1 : Number(by);
  const rows = data.rows.filter((row) => (!field("f-f").value || row[3] === field("f-f").value)
    && (!field("f-t").value || row[5] === field("f-t").value));
  if (rank >= 0) {
    const order = (row) => { const cell = read(row[6][subject]?.[rank] ?? "-"); return cell ? cell[0] + (cell[1] ? 0.5 : 0) : -1; };
    rows.sort((a, b) => order(b) - order(a));
  }
  const head = make("tr", { class: "koder" }, make("th", { scope: "col", class: "venstre k-navn" }, "Kommune"));
  for (const label of labels) {
    const link = make("a", { href: label[3], title: label[1] }, make("span", {}, subject === "theme" ? label[1] : label[0]));
    head.append(make("th", { scope: "col" }, link));
  }
  field("tabell").tHead.replaceChildren(head);
  const body = rows.slice(0, shown).map((row) => {
    const line = make("tr", {}, make("th", { scope: "row" }, make("a", { href: `kommuner/${row[2]}.html` }, row[1])));
    labels.forEach((label, place) => {
      const cell = read(row[6][subject]?.[place] ?? "-");
      if (!cell) { line.append(make("td", {}, "–")); return; }
      const [step, sure] = cell;
      const said = data.steps[step];
      // What is seen is part of what is read aloud, so that one who says «4» to the machine finds the cell.
      const seen = `${step} av ${subject === "criterion" ? 2 : 4}`;
      const words = `${row[1]}, ${label[1]}: ${seen}${subject === "criterion" ? "" : `, ${said}`}${sure ? "" : ", usikkert"}`;
      const link = make("a", { href: `kommuner/${row[2]}.html#${anchor(label, subject)}`, "aria-label": words }, String(step));
      if (!sure) link.append(make("i", { "aria-hidden": "true" }, "?"));
      line.append(make("td", { class: sure ? `c${subject === "criterion" ? 2 * step : step}` : "cu" }, link));
    });
    return line;
  });
  field("tabell").tBodies[0].replaceChildren(...body);
  field("tabell").classList.toggle("uten-usikre", !field("f-u").checked);
  field("f-n").textContent = `${Math.min(shown, rows.length)} av ${rows.length} kommuner`;
  field("f-m").hidden = rows.length <= shown;
}
function listOrders() {
  const options = data.labels[field("f-s").value].map((label, place) => make("option", { value: place }, `${label[0]} ${label[1]}`));
  field("f-r").replaceChildren(make("option", { value: "" }, "Fylke og navn"), ...options);
}
document.querySelector(".filter").addEventListener("change", (event) => {
  if (event.target.id === "f-s") listOrders();
  shown = PAGE;
  draw();
});
field("f-m").addEventListener("click", () => { shown += PAGE; draw(); });
listOrders();
draw();
