// What this person sends: kept in the tab, sent one at a time and in order, and again until the server has it.

const PAUZES = [1, 2, 4, 8, 15]; // seconds between tries
const GEDULD = 15000; // milliseconds for one try
const HOOGSTENS = 400; // kept per tab

export function nieuwKenmerk() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
}

// A regel is {id, soort, waarde, bericht, label, taal, na, op, stand}: na is the number of the last message that
// stood above it, op milliseconds since 1970, stand 'wacht', 'ok' or 'nee'.
export class Wachtrij {
  constructor(code, bijVerandering) {
    this.sleutel = "inloop:" + code;
    this.pad = "/chat/" + code + "/bericht";
    this.bijVerandering = bijVerandering;
    this.pogingen = 0;
    this.bezig = false;
    this.wek = null;
    this.regels = this.lees();
    addEventListener("online", () => this.wek && this.wek());
  }

  lees() {
    try {
      return JSON.parse(sessionStorage.getItem(this.sleutel)) || [];
    } catch (fout) {
      return [];
    }
  }

  bewaar() {
    this.regels = this.regels.slice(-HOOGSTENS);
    try {
      sessionStorage.setItem(this.sleutel, JSON.stringify(this.regels));
    } catch (fout) {
      // Storage is full or blocked: the conversation works, only a reload does not show own words.
    }
  }

  voegToe(regel) {
    this.regels.push(Object.assign({ id: nieuwKenmerk(), bericht: "", stand: "wacht" }, regel));
    this.bewaar();
    this.werk();
    return this.regels[this.regels.length - 1];
  }

  // Keeps what was sent in another way.
  noteer(regel) {
    this.regels.push(Object.assign({ bericht: "", stand: "ok" }, regel));
    this.bewaar();
    return this.regels[this.regels.length - 1];
  }

  vergeet(regel) {
    this.regels = this.regels.filter((ander) => ander !== regel);
    this.bewaar();
  }

  async werk() {
    if (this.bezig) return;
    this.bezig = true;
    let regel;
    while ((regel = this.regels.find((r) => r.stand === "wacht"))) {
      const uitkomst = await this.probeer(regel);
      if (uitkomst === "later") await this.rust();
      else this.klaar(regel, uitkomst);
    }
    this.bezig = false;
  }

  klaar(regel, stand) {
    this.pogingen = 0;
    regel.stand = stand;
    this.bewaar();
    this.bijVerandering(regel);
  }

  async rust() {
    const seconden = PAUZES[Math.min(this.pogingen, PAUZES.length - 1)];
    this.pogingen += 1;
    this.bijVerandering(null);
    await new Promise((wakker) => {
      this.wek = wakker;
      setTimeout(wakker, seconden * 1000);
    });
  }

  async probeer(regel) {
    const einde = new AbortController();
    const wekker = setTimeout(() => einde.abort(), GEDULD);
    try {
      const antwoord = await fetch(this.pad, {
        method: "POST",
        credentials: "same-origin",
        referrerPolicy: "same-origin", // otherwise some browsers hide the Origin, also from ourselves
        headers: { "Content-Type": "application/json", "X-Inloop": "1" },
        body: JSON.stringify({ id: regel.id, soort: regel.soort, waarde: regel.waarde, bericht: regel.bericht }),
        signal: einde.signal,
      });
      if (antwoord.ok) return "ok";
      return antwoord.status < 500 && antwoord.status !== 408 && antwoord.status !== 429 ? "nee" : "later";
    } catch (fout) {
      return "later";
    } finally {
      clearTimeout(wekker);
    }
  }
}
