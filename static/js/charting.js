// Notes: how long ago the words were saved, what happens when they were not, printing, choosing a clinician.
(() => {
  'use strict';

  const MINUTE = 60;
  const line = () => document.getElementById('note-saved');

  const ago = (seconds) => {
    if (seconds < 2) return 'Saved just now';
    if (seconds < MINUTE) return `Saved ${seconds} seconds ago`;
    const minutes = Math.floor(seconds / MINUTE);
    return minutes === 1 ? 'Saved a minute ago' : `Saved ${minutes} minutes ago`;
  };

  let savedAt = 0;
  setInterval(() => {
    const words = line()?.querySelector('[data-saved-words]');
    if (words && savedAt) words.textContent = ago(Math.round((Date.now() - savedAt) / 1000));
  }, 1000);

  const isNote = (detail) => detail.elt.matches?.('[data-note]');

  document.addEventListener('htmx:beforeRequest', ({ detail }) => {
    if (isNote(detail)) detail.elt.dataset.sent = detail.elt.value;
  });

  document.addEventListener('htmx:afterRequest', ({ detail }) => {
    if (!isNote(detail)) return;
    if (detail.successful) {
      savedAt = Date.now();
      detail.elt.defaultValue = detail.elt.dataset.sent;
      return;
    }
    if (detail.xhr.status === 422) return;
    const spot = line();
    if (!spot) return;
    spot.className = 'small k-stop row-x gap-1 note-saved';
    spot.textContent = 'Not saved yet. Your words are kept in this window; typing tries again.';
  });

  document.querySelectorAll('[data-sends-button]').forEach((button) => { button.hidden = true; });
  document.querySelectorAll('[data-sends-on-change]').forEach((field) => {
    field.addEventListener('change', () => field.form.requestSubmit());
  });
})();
