// Worklists: «all on every page» counts more than the rows that are shown.
(() => {
  'use strict';

  document.addEventListener('change', ({ target }) => {
    if (!target.matches?.('[data-every]')) return;
    document.querySelectorAll('[data-needs-chosen]').forEach((button) => { button.disabled = !target.checked; });
    const { every, everySum } = target.dataset;
    document.querySelectorAll('[data-selected-count]').forEach((spot) => { spot.textContent = target.checked ? every : 0; });
    document.querySelectorAll('[data-selected-sum]').forEach((spot) => { spot.textContent = target.checked ? everySum : '$0.00'; });
  });
})();
