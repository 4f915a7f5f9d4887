// The search in the bar: Enter opens the first hit of what is typed, and the number of hits is said.
(() => {
  'use strict';

  const caseload = window.caseload;
  const dialog = document.getElementById('search');
  if (!dialog) return;
  const input = dialog.querySelector('input[type="search"]');
  const list = document.getElementById('found');
  let hasEntered = false;

  const typed = () => input.value.split(/\s+/).filter(Boolean).join(' ');
  const isOf = (words) => list.firstElementChild?.dataset.for === words;

  // What is not answered yet is opened as soon as it is.
  const openFirst = () => {
    if (!isOf(typed())) return false;
    hasEntered = false;
    list.querySelector('a')?.click();
    return true;
  };

  input.addEventListener('input', () => { hasEntered = false; });
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.isComposing) {
      event.preventDefault(); // in a search field it would only empty the field
      dialog.close();
    }
    if (event.key !== 'Enter' || event.target !== input || event.isComposing) return;
    if (openFirst()) event.preventDefault();
    else hasEntered = true;
  });

  list.addEventListener('htmx:afterSettle', () => {
    const count = list.querySelectorAll('a').length;
    if (typed().length > 1) caseload.say(count ? `${count} found.` : 'Nothing found.');
    if (hasEntered) openFirst();
  });
})();
