// The browser chat: ties the conversation, the queue, the stream and the text field together.

import { Gesprek } from "./gesprek.js";
import { t, volgTaal } from "./kader.js";
import { Microfoon } from "./microfoon.js";
import { Stroom } from "./stroom.js";
import { Wachtrij } from "./wachtrij.js";

const FOCUSTIJD = 6000; // milliseconds after a press in which focus may still move along
const DUBBEL = 500; // milliseconds between the halves of a double press
const VERS = 6000; // milliseconds in which a changed message is the answer to a press on it
const STIL = 8000; // milliseconds without any message before we offer to begin again

const vind = (id) => document.getElementById(id);
const code = document.body.dataset.code;
const rol = vind("rol");
const log = vind("log");
const veld = vind("tekst");
const melding = vind("melding");

const gesprek = new Gesprek(log, code, tik);
const wachtrij = new Wachtrij(code, veranderd);
let verbonden = true;
let anker = null; // what had focus when the person pressed; while it still has, focus may follow the answer
let ankerTot = 0;
let kleeft = true; // whether the person is at the end of the conversation
let typtWekker = 0;
let vorige = { tijd: -DUBBEL, bericht: "" };

function onderaan() {
  return rol.scrollHeight - rol.scrollTop - rol.clientHeight < 100;
}

function naarOnder() {
  rol.scrollTop = rol.scrollHeight;
  vind("nieuw").hidden = true;
}

function zeg(tekst, knop, bijKlik) {
  if (melding.textContent === tekst) return;
  melding.textContent = tekst;
  if (!knop) return;
  const deel = document.createElement("button");
  deel.type = "button";
  deel.textContent = knop;
  deel.addEventListener("click", bijKlik);
  melding.append(deel);
}

function meldStand() {
  if (wachtrij.pogingen) zeg(t("web.wacht"));
  else if (!verbonden) zeg(t("web.weg"));
  else zeg("");
}

function veranderd(regel) {
  for (const open of wachtrij.regels) {
    if (open.stand === "wacht" && open.soort !== "start") gesprek.toonEigen(open, wachtrij.pogingen > 0);
  }
  if (wachtrij.pogingen) typt(false);
  meldStand();
  if (!regel || regel.soort === "start") return;
  if (gesprek.eigen.has(regel.id)) gesprek.toonEigen(regel, false);
  if (regel.stand === "nee") zeg(t("web.kan_niet"));
}

function stuur(regel) {
  const bewaard = wachtrij.voegToe(Object.assign({ na: gesprek.laatste, op: Date.now() }, regel));
  gesprek.toonEigen(bewaard, false);
  naarOnder();
  clearTimeout(typtWekker);
  typtWekker = setTimeout(() => typt(true), 500);
}

// What was spoken went by itself; only that it was said stands in the tab.
function gesproken(opname) {
  const regel = wachtrij.noteer({ ...opname, soort: "spraak", na: gesprek.laatste, op: Date.now() });
  gesprek.toonEigen(regel, false);
  naarOnder();
  clearTimeout(typtWekker);
  typtWekker = setTimeout(() => typt(true), 500);
}

function typt(aan) {
  clearTimeout(typtWekker);
  const volgt = onderaan();
  vind("typt").hidden = !aan;
  if (aan && volgt) naarOnder();
  if (aan) typtWekker = setTimeout(() => typt(false), 8000);
}

function volgFocus(knop) {
  anker = knop;
  ankerTot = Date.now() + FOCUSTIJD;
}

// The second half of a double press must not land on a button that has just come under the finger.
function dubbel(keuze, klik) {
  const snel = klik.timeStamp - vorige.tijd < DUBBEL && (klik.detail > 1 || klik.pointerType === "touch");
  const ander = keuze.bericht !== vorige.bericht;
  vorige = { tijd: klik.timeStamp, bericht: keuze.bericht };
  return snel && ander;
}

function tik(keuze, knop, klik) {
  if (dubbel(keuze, klik)) return;
  volgFocus(knop);
  gesprek.kies(keuze.bericht, keuze.data);
  stuur({ soort: "knop", waarde: keuze.data, bericht: keuze.bericht, label: keuze.label, taal: keuze.taal });
}

// A press that changed its own message needs no bubble of its own: the change is the answer.
function ruimOp(bericht) {
  const deel = bericht.vervangt && gesprek.delen.get(bericht.vervangt);
  if (!deel) return;
  for (const regel of wachtrij.regels.slice()) {
    const vers = regel.soort === "knop" && Date.now() - regel.op < VERS;
    if (vers && gesprek.delen.get(regel.bericht) === deel) {
      gesprek.verberg(regel);
      wachtrij.vergeet(regel);
    }
  }
}

// Who still has to choose a language has none yet: the frame stays in that of the browser.
function kiestTaal(bericht) {
  return bericht.knoppen.some((knop) => /^kennismaken\.(schrijf)?taal:/.test(knop[1]));
}

function ontvang(bericht) {
  const volgt = onderaan();
  const nieuw = !(bericht.vervangt && gesprek.delen.has(bericht.vervangt));
  const deel = gesprek.toon(bericht);
  if (!deel) return;
  if (bericht.nummer === gesprek.laatste && !kiestTaal(bericht)) volgTaal(bericht.taal);
  typt(false);
  ruimOp(bericht);
  if (log.getAttribute("aria-busy") === "true") return;
  if (nieuw) verplaatsFocus(deel);
  if (volgt) naarOnder();
  else if (nieuw) vind("nieuw").hidden = false;
}

// After a press focus goes to the first answer of what came, as long as the person left it where it was.
function verplaatsFocus(deel) {
  const heeft = document.activeElement;
  const vrij = heeft === anker || (anker && !anker.isConnected && (heeft === document.body || log.contains(heeft)));
  const doel = deel.querySelector(".keuzes button");
  if (!vrij || !doel || Date.now() > ankerTot || !document.hasFocus()) return;
  doel.focus({ preventScroll: true });
  anker = doel;
}

function herstel() {
  for (const regel of wachtrij.regels) {
    if (regel.soort === "knop") gesprek.kies(regel.bericht, regel.waarde);
  }
  log.removeAttribute("aria-busy");
  naarOnder();
  requestAnimationFrame(() => log.classList.add("live"));
  if (!gesprek.laatste) setTimeout(bied, STIL);
}

function bied() {
  if (gesprek.laatste || wachtrij.pogingen) return;
  zeg(t("web.leeg"), t("web.begin"), () => {
    zeg("");
    wachtrij.voegToe({ soort: "start", waarde: code, na: 0 });
  });
}

function verstuurTekst() {
  const waarde = veld.value.trim();
  if (!waarde) return;
  veld.value = "";
  pasAan();
  veld.focus({ preventScroll: true });
  stuur({ soort: "tekst", waarde });
}

function pasAan() {
  veld.style.height = "auto";
  veld.style.height = veld.scrollHeight + 3 + "px";
}

function begin() {
  vind("hulp").remove();
  log.setAttribute("aria-busy", "true");
  for (const regel of wachtrij.regels) {
    if (regel.soort !== "start") gesprek.toonEigen(regel, false);
  }
  if (!wachtrij.regels.some((regel) => regel.soort === "start")) {
    wachtrij.voegToe({ id: "start", soort: "start", waarde: code, na: 0 });
  }
  wachtrij.werk();
  new Stroom(code, {
    bericht: ontvang,
    klaar: () => log.hasAttribute("aria-busy") && herstel(),
    verbinding: (goed) => {
      verbonden = goed;
      meldStand();
    },
  });
}

vind("formulier").addEventListener("submit", (gebeurtenis) => {
  gebeurtenis.preventDefault();
  verstuurTekst();
});
vind("menu").addEventListener("click", (klik) => {
  volgFocus(klik.currentTarget);
  stuur({ soort: "tekst", waarde: "/menu", label: "📋 " + t("web.menu") });
});
vind("nieuw").addEventListener("click", () => {
  naarOnder();
  veld.focus({ preventScroll: true });
});
rol.addEventListener("scroll", () => {
  kleeft = onderaan();
  if (kleeft) vind("nieuw").hidden = true;
});
// Whoever reads the last message keeps seeing it when a notice or the keyboard takes room.
if (window.ResizeObserver) {
  const kijker = new ResizeObserver(() => kleeft && naarOnder());
  kijker.observe(rol);
  kijker.observe(log);
}
if (document.body.dataset.spraak) new Microfoon(code, { zeg: (tekst) => zeg(tekst), verstuurd: gesproken });
veld.addEventListener("input", pasAan);
veld.addEventListener("keydown", (gebeurtenis) => {
  if (gebeurtenis.key !== "Enter" || gebeurtenis.shiftKey || gebeurtenis.isComposing) return;
  gebeurtenis.preventDefault();
  verstuurTekst();
});

begin();
