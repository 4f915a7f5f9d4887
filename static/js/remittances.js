// Remittances: M matches, the button names what is chosen, files are listed before they go, printing.
(() => {
  'use strict';

  const caseload = window.caseload;

  const nameChoice = (form) => {
    const chosen = form?.querySelector('input[type="radio"]:checked');
    const label = form?.querySelector('[data-match-label]');
    if (chosen && label) label.textContent = chosen.dataset.says;
  };

  const listFiles = (field) => {
    const list = field.form.querySelector('[data-file-names]');
    if (!list) return;
    list.replaceChildren(...[...field.files].map((file) => {
      const row = document.createElement('li');
      row.textContent = file.name;
      return row;
    }));
  };

  document.addEventListener('change', (event) => {
    if (event.target.matches('[data-match] input[type="radio"]')) nameChoice(event.target.form);
    if (event.target.matches('[data-files]')) listFiles(event.target);
  });

  document.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() !== 'm' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (caseload.typing(event.target) || !caseload.singleKeys() || document.querySelector('dialog[open]')) return;
    const button = document.querySelector('[data-match] button[type="submit"]');
    if (!button) return;
    event.preventDefault();
    button.click();
  });
})();
