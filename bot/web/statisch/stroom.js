// The live stream. Sleeps while the page is out of sight (a browser allows six connections to one site).

const SLAAP = 10000; // milliseconds out of sight before it sleeps
const OPNIEUW = 3000;
const GEDULD = 4000; // before we say that there is no connection

export class Stroom {
  // bij is {bericht(b), klaar(), verbinding(goed)}.
  constructor(code, bij) {
    this.pad = "/chat/" + code + "/stroom";
    this.bij = bij;
    this.bron = null;
    this.wekker = 0;
    this.klacht = 0;
    document.addEventListener("visibilitychange", () => this.zicht());
    addEventListener("pageshow", (gebeurtenis) => gebeurtenis.persisted && this.open());
    this.open();
  }

  open() {
    this.sluit();
    this.bron = new EventSource(this.pad);
    this.bron.onopen = () => this.goed();
    this.bron.onmessage = (gebeurtenis) => this.bij.bericht(JSON.parse(gebeurtenis.data));
    this.bron.addEventListener("bij", () => this.bij.klaar());
    this.bron.onerror = () => this.mis();
  }

  sluit() {
    clearTimeout(this.wekker);
    if (this.bron) this.bron.close();
    this.bron = null;
  }

  goed() {
    clearTimeout(this.klacht);
    this.klacht = 0;
    this.bij.verbinding(true);
  }

  mis() {
    this.klacht = this.klacht || setTimeout(() => this.bij.verbinding(false), GEDULD);
    // After an error page a browser gives up; after a broken line it tries again by itself.
    if (this.bron && this.bron.readyState === EventSource.CLOSED) {
      clearTimeout(this.wekker);
      this.wekker = setTimeout(() => this.open(), OPNIEUW);
    }
  }

  zicht() {
    clearTimeout(this.wekker);
    if (document.visibilityState === "hidden") this.wekker = setTimeout(() => this.sluit(), SLAAP);
    else if (!this.bron || this.bron.readyState === EventSource.CLOSED) this.open();
  }
}
