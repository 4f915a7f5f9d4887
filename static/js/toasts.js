// Results with Undo: eight seconds, longer while someone is on them; what went wrong stays until closed.
(() => {
  'use strict';

  const SECONDS = 8;
  const caseload = window.caseload;
  const box = document.getElementById('toasts');
  const mould = document.getElementById('toast-mould');
  if (!box) return;

  const start = (toast) => {
    if (toast.dataset.started) return;
    toast.dataset.started = 'yes';
    caseload.say(toast.querySelector('.words').textContent.trim());
    if (toast.dataset.toast === 'stay') return;

    let timer;
    const run = () => { timer = setTimeout(() => toast.remove(), SECONDS * 1000); };
    const wait = () => clearTimeout(timer);
    ['mouseenter', 'focusin'].forEach((name) => toast.addEventListener(name, wait));
    ['mouseleave', 'focusout'].forEach((name) => toast.addEventListener(name, () => { wait(); run(); }));
    run();
  };

  const startAll = () => box.querySelectorAll('[data-toast]').forEach(start);
  new MutationObserver(startAll).observe(box, { childList: true });
  startAll();

  box.addEventListener('click', (event) => {
    if (event.target.closest('[data-toast-close]')) event.target.closest('[data-toast]').remove();
  });

  // A sentence from the browser itself, such as a lost connection.
  caseload.warn = (words) => {
    const same = [...box.querySelectorAll('.words')].some((other) => other.textContent === words);
    if (same || !mould) return;
    const toast = mould.content.firstElementChild.cloneNode(true);
    toast.querySelector('.words').textContent = words;
    box.append(toast);
  };

  document.addEventListener('htmx:sendError', () => {
    caseload.warn('No connection. Nothing was saved; what you typed is still here.');
  });
  document.addEventListener('htmx:responseError', ({ detail }) => {
    if (detail.xhr.status >= 500) caseload.warn('Something broke on our side. Nothing was saved; what you typed is still here.');
    if (detail.xhr.status === 403) caseload.warn('Your role in this practice does not include this. Nothing was changed.');
    if (detail.xhr.status === 404) caseload.warn('This is no longer there. Load the page again.');
  });
})();
