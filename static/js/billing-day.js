// Billing day: groups fold, the button says what is selected, and the chosen day is in view on a phone.
(() => {
  'use strict';

  document.addEventListener('click', (event) => {
    const fold = event.target.closest('[data-fold]');
    if (!fold) return; // a group that is not loaded yet loads, and comes open
    const closed = fold.closest('[data-fold-group]').classList.toggle('closed');
    fold.setAttribute('aria-expanded', String(!closed));
  });

  // What was checked meanwhile brings heads of folded groups; one that somebody opened in the meantime stays.
  document.addEventListener('htmx:oobBeforeSwap', (event) => {
    const group = event.detail.target.closest?.('[data-fold-group]');
    if (group?.querySelector('table') && !event.detail.fragment.querySelector('[data-fold]')) event.detail.shouldSwap = false;
  });

  const boxes = () => [...document.querySelectorAll('#board input[name="attendance"][type="checkbox"]:not(:disabled)')];

  const say = () => {
    const button = document.querySelector('[data-bill]');
    if (!button) return;
    const also = Number(document.querySelector('[data-also-count]')?.dataset.alsoCount || 0);
    button.disabled = !also && !boxes().some((box) => box.checked);
  };

  document.addEventListener('change', say);
  document.addEventListener('click', () => setTimeout(say));
  document.addEventListener('htmx:afterSettle', say);
  say();

  const strip = document.querySelector('.days');
  const day = strip?.querySelector('[aria-current="date"]');
  if (day && strip.scrollWidth > strip.clientWidth) strip.scrollLeft = day.offsetLeft - (strip.clientWidth - day.offsetWidth) * 0.7;
})();
