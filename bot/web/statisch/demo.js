// One phone at a time on a narrow screen, as tabs. Without this script the phones stand below each other.

const breed = matchMedia("(min-width: 1080px)");
const lijst = document.getElementById("tabs");
const tabs = Array.from(lijst.querySelectorAll("button"));
const vakken = tabs.map((tab) => document.getElementById(tab.getAttribute("aria-controls")));
let nu = 0;

function toon(welke, focus) {
  nu = (welke + tabs.length) % tabs.length;
  tabs.forEach((tab, i) => {
    tab.setAttribute("aria-selected", String(i === nu));
    tab.tabIndex = i === nu ? 0 : -1;
    vakken[i].hidden = !breed.matches && i !== nu;
  });
  if (focus) tabs[nu].focus();
}

function richtIn() {
  lijst.hidden = breed.matches;
  vakken.forEach((vak, i) => {
    if (breed.matches) vak.removeAttribute("role");
    else vak.setAttribute("role", "tabpanel");
    vak.setAttribute("aria-labelledby", breed.matches ? "naam-" + i : tabs[i].id);
  });
  toon(nu, false);
}

const STAPPEN = { ArrowRight: () => nu + 1, ArrowLeft: () => nu - 1, Home: () => 0, End: () => tabs.length - 1 };

lijst.addEventListener("keydown", (gebeurtenis) => {
  const stap = STAPPEN[gebeurtenis.key];
  if (!stap) return;
  gebeurtenis.preventDefault();
  toon(stap(), true);
});
tabs.forEach((tab, i) => tab.addEventListener("click", () => toon(i, false)));
if (breed.addEventListener) breed.addEventListener("change", richtIn);
richtIn();
