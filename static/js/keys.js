// The keyboard: search, pages by G and a letter, the dock's action, undo, all keys. Single keys can be switched off.
(() => {
  'use strict';

  const PAUSE = 1500; // between G and its letter
  const caseload = window.caseload;
  let afterG = 0;

  const stored = () => {
    try {
      return localStorage.getItem('single-keys');
    } catch {
      return null;
    }
  };

  caseload.singleKeys = () => stored() !== 'off';
  caseload.typing = (target) => target.isContentEditable || target.matches?.('input:not([type="checkbox"], [type="radio"]), textarea, select');

  const box = document.querySelector('[data-single-keys]');
  if (box) {
    box.checked = caseload.singleKeys();
    box.addEventListener('change', () => {
      try {
        localStorage.setItem('single-keys', box.checked ? 'on' : 'off');
      } catch {
        box.checked = true;
      }
    });
  }

  const press = (selector) => {
    const button = [...document.querySelectorAll(selector)].at(-1);
    if (!button || button.disabled || button.getAttribute('aria-disabled') === 'true') return false;
    button.click();
    return true;
  };

  const single = {
    '/': () => caseload.open('search'),
    '?': () => caseload.open('keys'),
    g: () => { afterG = Date.now(); return true; },
  };

  const combined = {
    Enter: () => press('dialog[open] .btn-primary') || press('.dock .btn-primary'),
    k: () => caseload.open('search'),
    z: (event) => !caseload.typing(event.target) && press('#toasts [data-undo]'),
  };

  const toPage = (key) => {
    if (Date.now() - afterG > PAUSE) return false;
    afterG = 0;
    return /^[a-z0-9]$/.test(key) && press(`.side [data-key="${key}" i]`);
  };

  document.addEventListener('keydown', (event) => {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.ctrlKey || event.metaKey) {
      if (!event.altKey && !event.shiftKey && combined[key]?.(event)) event.preventDefault();
      return;
    }
    if (event.altKey || caseload.typing(event.target) || document.querySelector('dialog[open]') || !caseload.singleKeys()) return;
    if (toPage(key) || single[key]?.()) event.preventDefault();
  });
})();
