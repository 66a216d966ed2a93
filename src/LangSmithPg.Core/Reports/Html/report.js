"use strict";
// Comfort alone: without this script the page says the same.

const announcer = document.createElement("p");
announcer.className = "spoken";
announcer.setAttribute("role", "status");
document.body.append(announcer);

const buttonOf = (text) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  return button;
};

// Copying

const copy = async (code) => {
  try {
    await navigator.clipboard.writeText(code.textContent);
    return "Copied";
  } catch {
    getSelection().selectAllChildren(code);
    return "Selected";
  }
};

for (const fix of document.querySelectorAll(".fix")) {
  const button = buttonOf("Copy");
  button.setAttribute("aria-label", fix.dataset.copy);
  button.addEventListener("click", async () => {
    button.textContent = announcer.textContent = await copy(fix.querySelector("code"));
    setTimeout(() => { button.textContent = "Copy"; announcer.textContent = ""; }, 2000);
  });
  fix.querySelector(".bar").append(button);
}

// A link to a finding that is folded away opens what it is in.

const reveal = () => {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  const folded = target && target.closest("details:not([open])");
  if (folded) {
    folded.open = true;
    target.scrollIntoView();
  }
};
addEventListener("hashchange", reveal);
reveal();

// The table of a fleet

const table = document.querySelector("table");
if (table) {
  const rows = [...table.tBodies[0].rows];
  const headers = [...table.tHead.rows[0].cells];

  // Texts from A to Z, everything else with the worst first; a second click turns it round.
  const sort = (column) => {
    const header = headers[column];
    const byText = !rows[0].cells[column].dataset.rank;
    const first = byText ? "ascending" : "descending";
    const other = byText ? "descending" : "ascending";
    const order = header.getAttribute("aria-sort") === first ? other : first;
    const compare = (one, two) => byText
      ? one.cells[column].textContent.localeCompare(two.cells[column].textContent, "en", { numeric: true })
      : one.cells[column].dataset.rank - two.cells[column].dataset.rank;
    headers.forEach((each) => each.removeAttribute("aria-sort"));
    header.setAttribute("aria-sort", order);
    table.tBodies[0].append(...[...rows].sort((one, two) => compare(one, two) * (order === "ascending" ? 1 : -1)));
  };

  headers.forEach((header, column) => {
    const button = buttonOf("");
    button.className = "sort";
    button.title = "Sort";
    button.append(...header.childNodes);
    button.addEventListener("click", () => sort(column));
    header.append(button);
  });

  const search = document.getElementById("search");
  search.closest("label").hidden = false;
  search.addEventListener("input", () => {
    const words = search.value.toLowerCase().split(/\s+/);
    let found = 0;
    for (const row of rows) {
      const text = `${row.cells[0].textContent} ${row.cells[1].textContent}`.toLowerCase();
      const matches = words.every((word) => text.includes(word));
      found += matches;
      row.classList.toggle("unmatched", !matches);
      document.getElementById(row.querySelector("a").hash.slice(1)).classList.toggle("unmatched", !matches);
    }
    announcer.textContent = `${found} of ${rows.length} databases`;
  });
}
