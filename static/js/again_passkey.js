// A passkey where one signs in again in place: the form comes and goes with the dialog, so the listener is here.
(() => {
  'use strict';

  document.addEventListener('submit', async (event) => {
    const form = event.target;
    if (!form.matches('[data-again-passkey]') || form.elements.credential.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const sentence = form.parentElement.querySelector('[data-passkey-error] > .err');
    sentence.hidden = true;
    try {
      const { request_options: options } = JSON.parse(document.getElementById('again-passkey').textContent);
      form.elements.credential.value = JSON.stringify(await window.webauthnJSON.get(options));
      form.requestSubmit();
    } catch {
      sentence.hidden = false;
    }
  }, true);
})();
