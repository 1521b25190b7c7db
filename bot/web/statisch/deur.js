// Fetches the screen anew when there is something to show. In the oldest JavaScript there is, for old tablets; one that
// has none at all refreshes by itself. When the network is away the old screen stays, and we try again.

(function () {
  var OPNIEUW = 5; // seconds

  function wacht(seconden) {
    setTimeout(haal, seconden * 1000);
  }

  function haal() {
    var vraag = new XMLHttpRequest();
    vraag.open("GET", location.href);
    vraag.timeout = 10000;
    vraag.onload = function () {
      if (vraag.status !== 200 && vraag.status !== 404) return wacht(OPNIEUW);
      var nieuw = new DOMParser().parseFromString(vraag.responseText, "text/html");
      document.body.innerHTML = nieuw.body.innerHTML;
      document.body.className = nieuw.body.className;
      begin();
    };
    vraag.onerror = vraag.ontimeout = function () {
      wacht(OPNIEUW);
    };
    vraag.send();
  }

  function begin() {
    var scherm = document.querySelector("[data-ververs]");
    if (scherm) wacht(Number(scherm.getAttribute("data-ververs")));
  }

  begin();
})();
