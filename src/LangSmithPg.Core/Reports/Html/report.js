"use strict";
// Comfort alone: without this script the page says the same.

const announcer = document.createElement("p");
announcer.className = "spoken";
announcer.setAttribute("role", "status");
document.body.append(announcer);

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
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy the fix of ${fix.dataset.of}`);
  button.addEventListener("click", async () => {
    button.textContent = announcer.textContent = await copy(fix.querySelector("code"));
    setTimeout(() => { button.textContent = "Copy"; announcer.textContent = ""; }, 2000);
  });
  fix.querySelector("p").append(button);
}

// Nobody can unfold paper.
const folded = [];
addEventListener("beforeprint", () => {
  folded.push(...document.querySelectorAll("details:not([open])"));
  folded.forEach((details) => { details.open = true; });
});
addEventListener("afterprint", () => {
  folded.splice(0).forEach((details) => { details.open = false; });
});
