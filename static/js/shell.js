// The frame of every page: dialogs, menus, the bar, and a voice for screen readers.
(() => {
  'use strict';

  const byId = (id) => document.getElementById(id);
  const caseload = (window.caseload = window.caseload || {});

  // Says a sentence to people who do not see the page.
  caseload.say = (words) => {
    const live = byId('live');
    if (!live) return;
    live.textContent = '';
    setTimeout(() => { live.textContent = words; }, 60);
  };

  // Dialogs: [data-opens="<id>"] opens, [data-closes] and a click beside it close.
  caseload.open = (id) => {
    const dialog = byId(id);
    if (!dialog || dialog.open) return Boolean(dialog);
    dialog.showModal();
    const field = dialog.querySelector('[data-focus]');
    field?.focus();
    field?.select?.();
    return true;
  };

  const beside = (dialog, { clientX: x, clientY: y }) => {
    const box = dialog.getBoundingClientRect();
    return x < box.left || x > box.right || y < box.top || y > box.bottom;
  };

  document.addEventListener('click', (event) => {
    const opener = event.target.closest('[data-opens]');
    if (opener && caseload.open(opener.dataset.opens)) event.preventDefault();
    if (event.target.closest('[data-closes]')) event.target.closest('dialog')?.close();
    const dialog = event.target;
    if (dialog instanceof HTMLDialogElement && !dialog.matches('.cover') && event.detail && beside(dialog, event)) dialog.close();
  });

  // Menus are popovers; those marked data-beside stand next to their button.
  const place = (menu) => {
    const box = document.querySelector(`[popovertarget="${menu.id}"]`).getBoundingClientRect();
    const low = box.bottom > innerHeight * .6;
    const right = box.left > innerWidth / 2;
    menu.style.setProperty('top', low ? 'auto' : `${box.bottom + 4}px`);
    menu.style.setProperty('bottom', low ? `${innerHeight - box.top + 4}px` : 'auto');
    menu.style.setProperty('left', right ? 'auto' : `${box.left}px`);
    menu.style.setProperty('right', right ? `${innerWidth - box.right}px` : 'auto');
  };

  document.addEventListener('beforetoggle', (event) => {
    if (event.newState === 'open' && event.target.matches?.('.menu[data-beside]')) place(event.target);
  }, true);

  const stepIn = (list, key) => {
    const at = list.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[key];
    list.at(to % list.length)?.focus();
  };

  document.addEventListener('keydown', (event) => {
    if (!['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(event.key)) return;
    const list = document.querySelector('.menu:popover-open') || event.target.closest('dialog.palette');
    if (!list || (event.target.matches('input') && !event.key.startsWith('Arrow'))) return;
    const items = [...list.querySelectorAll('.pal-in input, a, button:not(.pal-in *)')].filter((item) => item.checkVisibility());
    event.preventDefault();
    stepIn(items, event.key);
  });

  // The bar shows its lower edge once the page has moved under it.
  const bar = document.querySelector('[data-bar]');
  const mark = () => bar.classList.toggle('stuck', scrollY > 4);
  if (bar) {
    mark();
    addEventListener('scroll', mark, { passive: true });
  }

  // Where a row of links is wider than the screen, the one we are at is in view.
  document.querySelectorAll('nav [aria-current]').forEach((link) => {
    const row = link.closest('nav');
    if (row.scrollWidth > row.clientWidth) row.scrollLeft = link.offsetLeft - row.offsetLeft - row.clientWidth / 2 + link.clientWidth / 2;
  });

  // [data-copies="<id>"] copies the lines of a list.
  document.querySelectorAll('[data-copies]').forEach((button) => {
    button.hidden = !navigator.clipboard;
    button.addEventListener('click', async () => {
      const lines = [...byId(button.dataset.copies).children].map((line) => line.textContent.trim());
      await navigator.clipboard.writeText(lines.join('\n'));
      caseload.say('Copied.');
      button.lastChild.textContent = 'Copied';
    });
  });

  // [data-print] prints the page; without script such a button stays hidden.
  const showPrint = () => document.querySelectorAll('[data-print]').forEach((button) => { button.hidden = false; });
  showPrint();
  document.addEventListener('htmx:afterSettle', showPrint);
  document.addEventListener('click', (event) => {
    if (event.target.closest?.('[data-print]')) print();
  });

  // A form that came back with errors starts at the list of them.
  document.querySelector('[role="alert"][data-focus]')?.focus();
})();
