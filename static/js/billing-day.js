// Billing day: groups fold, the button says what is selected, and the chosen day is in view on a phone.
(() => {
  'use strict';

  document.addEventListener('click', (event) => {
    const fold = event.target.closest('[data-fold]');
    if (!fold) return;
    const closed = fold.closest('[data-fold-group]').classList.toggle('closed');
    fold.setAttribute('aria-expanded', String(!closed));
  });

  const boxes = () => [...document.querySelectorAll('#board input[name="attendance"][type="checkbox"]:not(:disabled)')];

  const say = () => {
    const button = document.querySelector('[data-bill]');
    if (!button) return;
    const chosen = boxes().filter((box) => box.checked).length;
    button.disabled = chosen === 0;
    button.querySelector('[data-plural]').textContent = chosen === 1 ? '' : 's';
  };

  document.addEventListener('change', say);
  document.addEventListener('click', () => setTimeout(say));
  document.addEventListener('htmx:afterSettle', say);
  say();

  const strip = document.querySelector('.days');
  const day = strip?.querySelector('[aria-current="date"]');
  if (day && strip.scrollWidth > strip.clientWidth) strip.scrollLeft = day.offsetLeft - (strip.clientWidth - day.offsetWidth) * 0.7;
})();
