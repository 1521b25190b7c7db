// Speaking instead of typing: record, stop, listen back, send or throw away. Nothing leaves the page before "send".

import { t } from "./kader.js";
import { nieuwKenmerk } from "./wachtrij.js";

const LANGST = 178; // seconds; the server takes three minutes as it measures them
const GROOTST = 5 * 1024 * 1024; // bytes
const SOORTEN = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];
const PAUZES = [1000, 3000]; // milliseconds before another try
const GEDULD = 60000; // milliseconds for one try
const vind = (id) => document.getElementById(id);

function klok(seconden) {
  return Math.floor(seconden / 60) + ":" + String(Math.floor(seconden % 60)).padStart(2, "0");
}

function waarom(fout) {
  if (fout.name === "NotAllowedError") return t("web.mic_uit");
  return t("web.mic_geen");
}

export class Microfoon {
  // bij is {zeg(tekst), verstuurd({id, label})}.
  constructor(code, bij) {
    this.pad = "/chat/" + code + "/spraak/";
    this.bij = bij;
    this.opname = null; // {recorder, stroom, stukken, begin, wekker}
    this.klaar = null; // {id, blob, seconden, adres}
    const kan = window.MediaRecorder && navigator.mediaDevices && navigator.mediaDevices.getUserMedia;
    this.soort = kan && SOORTEN.find((soort) => MediaRecorder.isTypeSupported(soort));
    vind("mic").hidden = !this.soort;
    vind("mic").addEventListener("click", () => this.begin());
    vind("opnamestop").addEventListener("click", () => this.stop());
    vind("opnamestuur").addEventListener("click", () => this.stuur());
    vind("opnameweg").addEventListener("click", () => this.weg());
    addEventListener("pagehide", () => this.laatLos());
  }

  async begin() {
    if (this.opname || this.klaar) return;
    let stroom;
    try {
      stroom = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch (fout) {
      this.bij.zeg(waarom(fout));
      return;
    }
    const recorder = new MediaRecorder(stroom, { mimeType: this.soort, audioBitsPerSecond: 32000 });
    const stukken = [];
    recorder.ondataavailable = (deel) => deel.data.size && stukken.push(deel.data);
    recorder.onstop = () => this.gestopt();
    this.opname = { recorder, stroom, stukken, begin: performance.now(), wekker: setInterval(() => this.tik(), 250) };
    recorder.start(1000);
    this.toon("opneemt");
    this.bij.zeg(t("web.neemt_op"));
  }

  seconden() {
    return (performance.now() - this.opname.begin) / 1000;
  }

  tik() {
    vind("opnametijd").textContent = klok(this.seconden());
    if (this.seconden() >= LANGST) this.stop();
  }

  stop() {
    if (this.opname && this.opname.recorder.state !== "inactive") this.opname.recorder.stop();
  }

  gestopt() {
    if (!this.opname) return; // thrown away
    const seconden = this.seconden();
    const blob = new Blob(this.opname.stukken, { type: this.soort.split(";")[0] });
    this.laatLos();
    this.klaar = { id: nieuwKenmerk(), blob, seconden, adres: URL.createObjectURL(blob) };
    vind("opnameterug").src = this.klaar.adres;
    this.toon("klaar");
    this.bij.zeg(t("web.opgenomen").replace("{duur}", klok(seconden)));
  }

  laatLos() {
    if (!this.opname) return;
    const { recorder, stroom, wekker } = this.opname;
    this.opname = null;
    clearInterval(wekker);
    if (recorder.state !== "inactive") recorder.stop();
    for (const spoor of stroom.getTracks()) spoor.stop();
  }

  weg() {
    this.laatLos();
    this.vergeet();
    this.bij.zeg("");
  }

  vergeet() {
    if (this.klaar) URL.revokeObjectURL(this.klaar.adres);
    this.klaar = null;
    vind("opnameterug").removeAttribute("src");
    this.toon("");
  }

  toon(stand) {
    vind("formulier").hidden = stand !== "";
    vind("opname").hidden = stand === "";
    vind("opnameloopt").hidden = vind("opnamestop").hidden = stand !== "opneemt";
    vind("opnameterug").hidden = vind("opnamestuur").hidden = stand !== "klaar";
    vind("opnamestuur").disabled = false;
    vind({ opneemt: "opnamestop", klaar: "opnamestuur" }[stand] || "mic").focus({ preventScroll: true });
  }

  async stuur() {
    const opname = this.klaar;
    if (!opname || vind("opnamestuur").disabled) return;
    if (opname.blob.size > GROOTST) return this.bij.zeg(t("web.te_lang"));
    vind("opnamestuur").disabled = true;
    this.bij.zeg(t("web.bezig"));
    const gelukt = await this.probeer(opname);
    if (this.klaar !== opname) return; // thrown away meanwhile
    vind("opnamestuur").disabled = false;
    if (!gelukt) return this.bij.zeg(t("web.opnieuw"));
    this.vergeet();
    this.bij.zeg("");
    this.bij.verstuurd({ id: opname.id, label: "🎤 " + klok(opname.seconden) });
  }

  async probeer(opname) {
    for (const pauze of [...PAUZES, 0]) {
      const uitkomst = await this.post(opname);
      if (uitkomst !== "later") return uitkomst === "ok";
      if (pauze) await new Promise((wakker) => setTimeout(wakker, pauze));
    }
    return false;
  }

  async post(opname) {
    const einde = new AbortController();
    const wekker = setTimeout(() => einde.abort(), GEDULD);
    try {
      const antwoord = await fetch(this.pad + opname.id, {
        method: "POST",
        credentials: "same-origin",
        referrerPolicy: "same-origin",
        headers: { "Content-Type": opname.blob.type, "X-Inloop": "1" },
        body: opname.blob,
        signal: einde.signal,
      });
      if (antwoord.ok) return "ok";
      return antwoord.status < 500 && antwoord.status !== 429 ? "nee" : "later";
    } catch (fout) {
      return "later";
    } finally {
      clearTimeout(wekker);
    }
  }
}
