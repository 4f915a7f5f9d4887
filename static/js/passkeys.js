// Passkeys: no button where the browser knows none, and a sentence when none was used.
(() => {
  'use strict';

  const words = () => document.querySelectorAll('[data-passkey-error] > .err');

  if (!window.PublicKeyCredential) document.querySelectorAll('[data-passkeys]').forEach((part) => { part.hidden = true; });

  document.addEventListener('allauth.error', (event) => {
    event.preventDefault();
    words().forEach((sentence) => { sentence.hidden = false; });
  });

  // The server must not see a form whose passkey is still missing.
  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-passkeys] button')) words().forEach((sentence) => { sentence.hidden = true; });
  });
})();
