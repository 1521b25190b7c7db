// The words of the frame, in the language of the conversation; they change along with it.

let woorden = JSON.parse(document.body.dataset.kader);
let gevraagd = document.documentElement.lang;

export function t(sleutel) {
  return woorden[sleutel] || "";
}

// An element whose words change along.
export function met(deel, sleutel) {
  deel.dataset.t = sleutel;
  deel.textContent = t(sleutel);
  return deel;
}

function zet(kader) {
  woorden = kader.t;
  document.documentElement.lang = kader.taal;
  document.documentElement.dir = kader.richting;
  document.title = t("web.titel");
  for (const deel of document.querySelectorAll("[data-t]")) deel.textContent = t(deel.dataset.t);
  for (const deel of document.querySelectorAll("[data-t-label]")) {
    deel.setAttribute("aria-label", t(deel.dataset.tLabel));
  }
  for (const deel of document.querySelectorAll("[data-t-leeg]")) deel.placeholder = t(deel.dataset.tLeeg);
}

// The newest message is in this language: so is the frame. Without a connection it stays as it is.
export function volgTaal(taal) {
  if (taal === gevraagd) return;
  gevraagd = taal;
  fetch("/kader/" + encodeURIComponent(taal))
    .then((antwoord) => antwoord.json())
    .then((kader) => gevraagd === taal && zet(kader))
    .catch(() => {
      gevraagd = document.documentElement.lang;
    });
}
