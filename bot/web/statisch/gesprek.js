// The conversation on the screen. Every text goes in as text, never as HTML.

import { met, t } from "./kader.js";
import { leesVoor, merkStem } from "./voorlezen.js";

const KORT = 15; // longest label that fits two on a row

function maak(naam, klas, tekst) {
  const deel = document.createElement(naam);
  if (klas) deel.className = klas;
  if (tekst) deel.textContent = tekst;
  return deel;
}

export class Gesprek {
  // bijTik({data, label, taal, bericht}, knop, klik) is called when a button is pressed.
  constructor(log, code, bijTik) {
    this.log = log;
    this.code = code;
    this.bijTik = bijTik;
    this.gezien = new Set();
    this.delen = new Map(); // a message's number (text) -> its element
    this.eigen = new Map(); // own id -> its element
    this.gekozen = new Map(); // element -> the data that was pressed last
    this.laatste = 0;
    this.volgnummer = 0;
  }

  // Shows one message of the other side; null when it stood there already.
  toon(bericht) {
    if (this.gezien.has(bericht.nummer)) return null;
    this.gezien.add(bericht.nummer);
    this.laatste = Math.max(this.laatste, bericht.nummer);
    let deel = bericht.vervangt && this.delen.get(bericht.vervangt);
    if (deel) {
      this.gekozen.delete(deel); // the new text says itself what was chosen
      this.vul(deel, bericht);
    } else {
      deel = this.vul(maak("article", "bericht"), bericht);
      this.zet(deel, bericht.nummer, 0);
    }
    this.delen.set(String(bericht.nummer), deel);
    return deel;
  }

  vul(deel, bericht) {
    const had = deel.contains(document.activeElement) ? document.activeElement.dataset.data : undefined;
    deel.textContent = "";
    deel.dataset.nummer = bericht.nummer;
    deel.lang = bericht.taal;
    deel.append(this.bel(bericht));
    if (bericht.knoppen.length) deel.append(this.keuzes(bericht));
    this.merk(deel);
    if (had !== undefined) this.herfocus(deel, had);
    return deel;
  }

  bel(bericht) {
    const bel = maak("div", "bel");
    const wie = maak("span", "onzichtbaar", "Inloop: ");
    wie.lang = "nl";
    bel.append(wie);
    if (bericht.geluid) bel.append(this.geluid(bericht));
    if (bericht.beeld) bel.append(this.beeld(bericht));
    for (const alinea of bericht.tekst.split(/\n{2,}/)) {
      const tekst = maak("p", "", alinea);
      tekst.dir = bericht.rtl ? "rtl" : "auto";
      bel.append(tekst);
    }
    if (bericht.bestand) bel.append(this.bestand(bericht));
    const voor = bericht.geluid || bericht.knoppen.some((knop) => knop[1].startsWith("hoor.dit:"));
    if (!voor) bel.append(this.luister(bericht));
    return bel;
  }

  geluid(bericht) {
    const speler = maak("audio");
    speler.controls = true;
    speler.preload = "none";
    speler.src = "/chat/" + this.code + (bericht.nota ? "/spraak/" + bericht.nota : "/geluid/" + bericht.nummer);
    // What a parent spoke is wiped when it is handled, also under a message that is still on the screen.
    if (bericht.nota) speler.addEventListener("error", () => speler.replaceWith(met(maak("p"), "web.gewist")));
    return speler;
  }

  beeld(bericht) {
    const beeld = maak("img", "beeld");
    beeld.alt = bericht.alt;
    beeld.width = 640; // the room is kept before it is there, so that nothing jumps
    beeld.height = 320;
    beeld.src = "/chat/" + this.code + "/beeld/" + bericht.nummer;
    return beeld;
  }

  bestand(bericht) {
    const link = maak("a", "bestand", "📎 " + bericht.bestand);
    link.href = "/chat/" + this.code + "/bestand/" + bericht.nummer;
    link.setAttribute("download", bericht.bestand);
    return link;
  }

  luister(bericht) {
    const knop = met(maak("button", "luister"), "web.luister");
    knop.type = "button";
    knop.lang = document.documentElement.lang;
    knop.dataset.taal = bericht.taal;
    knop.addEventListener("click", () => leesVoor(bericht.tekst, bericht.taal));
    merkStem(knop);
    return knop;
  }

  keuzes(bericht) {
    const groep = maak("div", "keuzes");
    groep.setAttribute("role", "group");
    groep.dataset.tLabel = "web.kies";
    groep.setAttribute("aria-label", t("web.kies"));
    groep.dir = bericht.rtl ? "rtl" : "ltr";
    if (bericht.knoppen.length > 3) {
      groep.classList.add("lijst");
      if (bericht.knoppen.some((knop) => knop[0].length > KORT)) groep.classList.add("breed");
    }
    for (const [label, data] of bericht.knoppen) groep.append(this.knop(bericht, label, data));
    return groep;
  }

  knop(bericht, label, data) {
    const knop = maak("button", "", label);
    knop.type = "button";
    knop.dir = "auto";
    knop.dataset.data = data;
    const keuze = { data, label, taal: bericht.taal, bericht: String(bericht.nummer) };
    knop.addEventListener("click", (klik) => this.bijTik(keuze, knop, klik));
    return knop;
  }

  herfocus(deel, data) {
    const knoppen = Array.from(deel.querySelectorAll(".keuzes button"));
    const knop = knoppen.find((k) => k.dataset.data === data) || knoppen[0];
    deel.tabIndex = -1;
    (knop || deel).focus({ preventScroll: true });
  }

  // Shows what this person sent, or how that stands now.
  toonEigen(regel, fout) {
    let deel = this.eigen.get(regel.id);
    if (!deel) {
      deel = maak("article", "bericht zelf");
      const bel = maak("div", "bel");
      const tekst = maak("p", "", regel.label || regel.waarde);
      tekst.dir = "auto";
      if (regel.taal) tekst.lang = regel.taal;
      bel.append(met(maak("span", "onzichtbaar"), "web.jij"), tekst);
      deel.append(bel, maak("div", "staat"));
      this.eigen.set(regel.id, deel);
      this.zet(deel, regel.na, ++this.volgnummer);
    }
    this.staat(deel.lastChild, regel, fout);
    return deel;
  }

  staat(vak, regel, fout) {
    const mislukt = regel.stand === "nee" || (regel.stand === "wacht" && fout);
    vak.setAttribute("aria-hidden", "true"); // the status line says it aloud
    vak.className = mislukt ? "staat fout" : "staat";
    if (regel.stand === "ok") vak.textContent = "";
    else if (regel.stand === "nee") vak.textContent = t("web.niet_verstuurd");
    else if (fout) vak.textContent = t("web.nog_een_keer");
    else setTimeout(() => regel.stand === "wacht" && !vak.textContent && (vak.textContent = t("web.bezig")), 500);
  }

  verberg(regel) {
    const deel = this.eigen.get(regel.id);
    if (deel) deel.remove();
    this.eigen.delete(regel.id);
  }

  // Remembers which button of a message was pressed last, so that it stays visible.
  kies(bericht, data) {
    const deel = this.delen.get(bericht);
    if (!deel) return;
    this.gekozen.set(deel, data);
    this.merk(deel);
  }

  merk(deel) {
    const data = this.gekozen.get(deel);
    for (const knop of deel.querySelectorAll(".keuzes button")) {
      knop.classList.toggle("gekozen", knop.dataset.data === data);
    }
  }

  // Puts an element in its place: by the number it belongs after, then in the order of sending.
  zet(deel, nummer, volg) {
    deel.plek = [nummer, volg];
    let voor = this.log.lastElementChild;
    while (voor && (voor.plek[0] > nummer || (voor.plek[0] === nummer && voor.plek[1] > volg))) {
      voor = voor.previousElementSibling;
    }
    this.log.insertBefore(deel, voor ? voor.nextSibling : this.log.firstChild);
  }
}
