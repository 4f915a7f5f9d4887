// Booking a session: what only some kinds of session have is asked for those alone.
(() => {
  'use strict';

  document.addEventListener('change', (event) => {
    if (event.target.name !== 'kind') return;
    for (const part of document.querySelectorAll('[data-for-kinds]')) {
      part.hidden = !part.dataset.forKinds.split(' ').includes(event.target.value);
    }
  });
})();
