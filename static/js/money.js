// Client money: the one dialog that asks why a payment is taken back serves every row. Without it the link opens a page.
(() => {
  'use strict';

  const form = document.querySelector('[data-take-back-form]');
  if (!form) return;
  const says = form.querySelector('[data-take-back-says]');
  const rest = says.textContent;

  document.addEventListener('click', (event) => {
    const link = event.target.closest('[data-take-back]');
    if (!link) return;
    form.reset();
    form.action = link.href;
    says.textContent = `${link.dataset.takeBack} ${rest}`;
  }, true);
})();
