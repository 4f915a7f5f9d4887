// Forms: the token for htmx, one submission per click, a question before typed words are left behind.
(() => {
  'use strict';

  const GUARDED = 'form[data-guard], form[data-keep]';
  const RELEASE = 8000; // an answer that is a download leaves the page standing
  const caseload = window.caseload;
  const token = document.querySelector('meta[name="csrf-token"]');
  const changed = new Set();

  document.addEventListener('htmx:configRequest', ({ detail }) => {
    detail.headers['X-CSRFToken'] = token.content;
  });

  // After signing in again the old token no longer counts.
  caseload.renewToken = (value) => {
    token.content = value;
    document.querySelectorAll('input[name="csrfmiddlewaretoken"]').forEach((field) => { field.value = value; });
  };

  const release = (form, button) => {
    delete form.dataset.sending;
    button?.removeAttribute('aria-busy');
  };

  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === 'dialog') return;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = 'yes';
    event.submitter?.setAttribute('aria-busy', 'true');
    changed.clear();
    setTimeout(() => release(form, event.submitter), RELEASE);
  });

  addEventListener('pageshow', (event) => {
    if (event.persisted) document.querySelectorAll('form[data-sending]').forEach((form) => release(form, form.querySelector('[aria-busy]')));
  });

  // A link to a field (#id_npi) stops there with the cursor in it.
  const arrive = () => {
    const field = document.getElementById(location.hash.slice(1));
    if (!field?.matches('input, select, textarea')) return;
    field.closest('details')?.setAttribute('open', '');
    field.focus();
    field.scrollIntoView({ block: 'center' });
  };
  addEventListener('hashchange', arrive);
  arrive();

  // Words that nobody saved: ask before the page goes.
  const note = (event) => {
    const form = event.target.form?.closest?.(GUARDED);
    if (form) changed.add(form);
  };
  document.addEventListener('input', note);
  document.addEventListener('change', note);
  document.addEventListener('htmx:afterRequest', ({ detail }) => {
    if (detail.successful) changed.delete(detail.elt.closest('form'));
  });
  addEventListener('beforeunload', (event) => {
    if ([...changed].some((form) => form.isConnected)) event.preventDefault();
  });
})();
