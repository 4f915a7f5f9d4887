// Pay runs: a dialog whose form was refused is open again when the page comes back.
(() => {
  'use strict';

  const refused = document.querySelector('[data-opens-now]');
  if (!refused) return;
  window.caseload.open(refused.dataset.opensNow);
  refused.querySelector('[role="alert"]')?.focus();
})();
