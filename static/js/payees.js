// The grid of numbers: a row that is entered offers to save once something in it changed; after a row is saved, the
// focus goes to the next number that is missing.
(() => {
  'use strict';

  let at = -1;
  const rows = () => [...document.querySelectorAll('[data-payee]')];

  const quiet = () => document.querySelectorAll('[data-when-changed]').forEach((button) => { button.hidden = true; });
  quiet();
  document.addEventListener('input', ({ target }) => {
    const button = target.closest('[data-payee]')?.querySelector('[data-when-changed]');
    if (button) {
      button.hidden = false;
      button.removeAttribute('data-when-changed');
    }
  });

  document.addEventListener('htmx:beforeRequest', ({ detail }) => {
    const row = detail.elt.closest('[data-payee]');
    if (row) at = rows().indexOf(row);
  });

  document.addEventListener('htmx:afterSettle', () => {
    quiet();
    if (at < 0) return;
    const found = rows();
    if (!found.length) location.reload();
    const wrong = found[at]?.querySelector('.bad');
    const next = found.slice(at).find((row) => row.querySelector('.missing'));
    at = -1;
    (wrong || next?.querySelector('.missing'))?.focus();
  });
})();
