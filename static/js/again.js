// Signing in again in place, so that no typed word is lost when the session has ended.
//
// The server: GET data-again-url answers 204 while the session holds, or else with a form; POST answers 204 when
// signed in, 422 with the form when not. A 204 may carry X-CSRFToken (the new token) and X-Session-Ends (ISO time).
(() => {
  'use strict';

  const LONG = 10 * 60 * 1000; // after this long without a word from the server we look before we send
  const LOOK_AGAIN = 60 * 1000;
  const LONGEST = 24 * 60 * 60 * 1000; // browsers count no timer much further
  const STAY = 4 * 60 * 1000;
  const caseload = window.caseload;
  const data = document.body.dataset;
  const dialog = document.getElementById('again');
  if (!data.againUrl || !dialog) return;

  const place = dialog.querySelector('[data-again-form]');
  const passed = new WeakSet();
  let waiting = [];
  let heard = Date.now();
  let timer;

  const ended = () => Date.parse(data.sessionEnds) <= Date.now() || Date.now() - heard > LONG;

  const hear = (ends) => {
    heard = Date.now();
    if (ends) data.sessionEnds = ends;
    clearTimeout(timer);
    const left = Date.parse(data.sessionEnds) - Date.now() + 2000 || LONG;
    timer = setTimeout(look, Math.min(Math.max(left, LOOK_AGAIN), LONGEST));
  };

  const ask = (options) => fetch(data.againUrl, {
    ...options,
    credentials: 'same-origin',
    headers: { 'HX-Request': 'true', Accept: 'text/html' },
  });

  const show = (html) => {
    place.innerHTML = html;
    if (!dialog.open) dialog.showModal();
    (place.querySelector('[aria-invalid="true"]') || place.querySelector('input:not([type="hidden"])'))?.focus();
  };

  const newToken = async (response) => {
    const told = response.headers.get('X-CSRFToken');
    if (told) return told;
    const page = await (await fetch(location.href, { credentials: 'same-origin' })).text();
    return new DOMParser().parseFromString(page, 'text/html').querySelector('meta[name="csrf-token"]')?.content;
  };

  const goOn = (response) => {
    hear(response.headers.get('X-Session-Ends'));
    if (dialog.open) dialog.close();
    place.replaceChildren();
    const acts = waiting;
    waiting = [];
    acts.forEach((act) => act());
  };

  // Looks whether the session still holds; if not, the dialog asks and nothing behind it can be read.
  async function look() {
    try {
      const response = await ask({});
      if (response.status === 204) goOn(response);
      else if (response.ok) show(await response.text());
      else throw new Error(String(response.status));
    } catch {
      waiting = [];
      hear();
      caseload.warn('No connection. Nothing was saved; what you typed is still here.');
    }
  }

  const whenSignedIn = (act) => {
    waiting.push(act);
    if (!dialog.open) look();
  };

  dialog.addEventListener('submit', async (event) => {
    if (event.target.matches('[data-forget]')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    button?.setAttribute('aria-busy', 'true');
    try {
      const response = await ask({ method: 'POST', body: new FormData(event.target, button) });
      if (response.status === 204) {
        const token = await newToken(response);
        if (token) caseload.renewToken(token);
        goOn(response);
        caseload.say('Signed in again.');
      } else if (response.ok || [422, 429].includes(response.status)) {
        show(await response.text());
      } else {
        await look(); // the form itself was too old
      }
    } catch {
      caseload.warn('No connection. You are not signed in yet.');
    } finally {
      button?.removeAttribute('aria-busy');
    }
  }, true);

  // Escape would uncover what stands behind.
  dialog.addEventListener('cancel', (event) => event.preventDefault());

  // htmx requests that found the session ended are sent once more afterwards.
  document.addEventListener('htmx:responseError', ({ detail }) => {
    if (detail.xhr.status !== 401) return;
    const { verb, path, elt, triggeringEvent } = detail.requestConfig;
    whenSignedIn(() => window.htmx.ajax(verb, path, { source: elt, event: triggeringEvent }));
  });
  document.addEventListener('htmx:afterRequest', ({ detail }) => {
    if (detail.successful) hear(detail.xhr.getResponseHeader('X-Session-Ends'));
  });

  // Forms that load a page are held back until the session is known to hold.
  const isHtmx = (form) => form.matches('[hx-post], [hx-put], [hx-patch], [hx-delete]');
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (dialog.contains(form) || form.method !== 'post' || form.matches('[data-forget]') || isHtmx(form)) return;
    if (passed.has(form) || !ended()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    whenSignedIn(() => {
      passed.add(form);
      form.requestSubmit(submitter);
      passed.delete(form);
    });
  }, true);

  // Writing is activity, also while no request is made.
  let stayed = Date.now();
  document.addEventListener('input', async () => {
    if (!data.stayUrl || Date.now() - stayed < STAY || dialog.open) return;
    stayed = Date.now();
    const token = document.querySelector('meta[name="csrf-token"]').content;
    const response = await fetch(data.stayUrl, { method: 'POST', credentials: 'same-origin', headers: { 'X-CSRFToken': token } }).catch(() => null);
    if (response?.ok) hear(response.headers.get('X-Session-Ends'));
  });

  hear();
})();
