// Reading aloud with a voice of the device itself: nothing leaves it. Without a voice there is no button.

const BEELD = "\\p{Extended_Pictographic}|\\uFE0F"; // pictures are not read aloud
const spraak = window.speechSynthesis;

function stemVoor(taal) {
  if (!spraak) return null;
  return spraak.getVoices().find((s) => s.localService && s.lang.toLowerCase().split(/[-_]/)[0] === taal) || null;
}

export function merkStem(knop) {
  knop.hidden = !stemVoor(knop.dataset.taal);
}

export function leesVoor(tekst, taal) {
  const was = spraak.speaking;
  spraak.cancel();
  if (was) return; // a second press stops
  const zin = new SpeechSynthesisUtterance(tekst.replace(new RegExp(BEELD, "gu"), ""));
  zin.voice = stemVoor(taal);
  zin.lang = taal;
  zin.rate = 0.9;
  spraak.speak(zin);
}

if (spraak && spraak.addEventListener) {
  spraak.addEventListener("voiceschanged", () => document.querySelectorAll(".luister").forEach(merkStem));
}
