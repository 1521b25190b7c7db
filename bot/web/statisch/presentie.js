// The presence list: a tap shows at once, waits in this browser while there is no network, and is sent in order.
// Kept are numbers of invitations and states, no names. A tap says what somebody is: sent twice, it is once.

const VOLGENDE = { "": "aanwezig", aanwezig: "afwezig", afwezig: "afgemeld", afgemeld: "aanwezig" };
const TEKENS = { "": "▫️", aanwezig: "✅", afwezig: "➖", afgemeld: "✋" };
const KIJK = 5000; // milliseconds between looks at what others ticked
const GEDULD = 10000; // milliseconds for one try

const vak = document.getElementById("presentie");
const melding = document.getElementById("verbinding");
const pad = location.pathname;
const sleutel = "inloop:presentie:" + pad;
const formulieren = new Map();
for (const form of vak.querySelectorAll("form[data-lid]")) formulieren.set(form.dataset.lid, form);

let rij = lees();
let bezig = false;
let gasten = Number(vak.querySelector("[data-telt=gasten]").textContent);

function lees() {
  try {
    return JSON.parse(localStorage.getItem(sleutel)) || [];
  } catch (fout) {
    return [];
  }
}

function bewaar() {
  try {
    if (rij.length) localStorage.setItem(sleutel, JSON.stringify(rij));
    else localStorage.removeItem(sleutel);
  } catch (fout) {
    // Full or blocked: it still works as long as the page is open.
  }
}

function kenmerk() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");
}

function toon(form, staat) {
  form.dataset.staat = staat;
  form.elements.staat.value = VOLGENDE[staat];
  form.querySelector(".teken").textContent = TEKENS[staat];
  form.querySelector(".staat").textContent = staat || "nog niets";
  form.toggleAttribute("data-wacht", rij.some((r) => r.uitnodiging === form.dataset.lid));
}

function tel() {
  const er = [...formulieren.values()].filter((f) => f.dataset.staat === "aanwezig").length;
  const bij = rij.filter((r) => r.wat === "gast").length;
  vak.querySelector("[data-telt=aanwezig]").textContent = er;
  vak.querySelector("[data-telt=gasten]").textContent = gasten + bij;
  for (const form of vak.querySelectorAll("[name=waren]")) form.value = gasten;
}

// What the server says, but for what still waits to be sent.
function neem(stand) {
  gasten = stand.gasten;
  for (const [lid, form] of formulieren) {
    const wacht = rij.findLast((r) => r.uitnodiging === lid);
    toon(form, wacht ? wacht.staat : stand.leden[lid] ?? form.dataset.staat);
  }
  tel();
}

function zeg(tekst) {
  if (melding.textContent !== tekst) melding.textContent = tekst;
}

function haal(opties) {
  return fetch(opties ? pad : pad + "/stand", { ...opties, signal: AbortSignal.timeout(GEDULD), cache: "no-store" });
}

function stuur(regel) {
  const { op, ...velden } = regel;
  const body = new URLSearchParams({ ...velden, geleden: Math.max(0, Math.round(Date.now() - op)) });
  return haal({ method: "POST", body, headers: { "X-Stempel": vak.dataset.stempel, Accept: "application/json" } });
}

async function werk() {
  if (bezig) return;
  bezig = true;
  try {
    while (rij.length) {
      const regel = rij[0];
      const antwoord = await stuur(regel);
      if (antwoord.status === 401 || antwoord.status === 403) {
        zeg("Je bent niet meer binnen. Open het bureau opnieuw; je tikken blijven hier bewaard.");
        return;
      }
      if (!antwoord.ok && antwoord.status !== 400 && antwoord.status !== 404) throw new Error(antwoord.status);
      rij = rij.filter((r) => r !== regel);
      bewaar();
      if (antwoord.ok) neem(await antwoord.json());
    }
    zeg("");
  } catch (fout) {
    zeg("Geen verbinding. " + (rij.length === 1 ? "1 tik wacht." : rij.length + " tikken wachten."));
  } finally {
    bezig = false;
  }
}

function voegToe(regel) {
  // Of one parent only the last tap is sent; the one that is on its way stays first.
  const vast = bezig ? rij.slice(0, 1) : [];
  const rest = bezig ? rij.slice(1) : rij;
  rij = [...vast, ...rest.filter((r) => !regel.uitnodiging || r.uitnodiging !== regel.uitnodiging), regel];
  bewaar();
}

vak.addEventListener("submit", (gebeurtenis) => {
  const form = gebeurtenis.target;
  const lid = form.dataset.lid;
  if (!lid && !("gast" in form.dataset)) return;
  gebeurtenis.preventDefault();
  if (lid) {
    const staat = VOLGENDE[form.dataset.staat];
    voegToe({ wat: "lid", uitnodiging: lid, staat, op: Date.now() });
    toon(form, staat);
  } else {
    voegToe({ wat: "gast", kenmerk: kenmerk(), op: Date.now() });
  }
  tel();
  werk();
});

async function kijk() {
  if (rij.length) return werk();
  if (document.hidden) return;
  try {
    const antwoord = await haal();
    if (antwoord.ok && !rij.length) neem(await antwoord.json());
    if (antwoord.ok) zeg("");
  } catch (fout) {
    zeg("Geen verbinding. Tikken kan gewoon.");
  }
}

addEventListener("online", werk);
setInterval(kijk, KIJK);
for (const regel of rij) if (formulieren.has(regel.uitnodiging)) toon(formulieren.get(regel.uitnodiging), regel.staat);
tel();
werk();
