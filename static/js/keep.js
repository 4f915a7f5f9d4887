// Drafts: a form with data-keep="<id>" keeps its typed words in this tab until they are saved.
// They never leave the browser, end with the tab, and go when the person signs out.
(() => {
  'use strict';

  const NEVER = 'input[type="password"], input[type="hidden"], input[type="file"], [autocomplete="one-time-code"], [data-no-keep]';
  const store = sessionStorage;
  const body = document.body;
  const elsewhere = body.hasAttribute('data-door') || body.hasAttribute('data-error');
  const draftKey = (form) => `keep:${form.dataset.keep}`;
  const sentKey = (form) => `sent:${form.dataset.keep}`;
  const keysLike = (prefix) => Object.keys(store).filter((key) => key.startsWith(prefix));

  const isBox = (field) => field.type === 'checkbox' || field.type === 'radio';
  const selected = (field, wanted) => [...field.options].filter((option) => option[wanted]).map((option) => option.value).join('\n');
  const read = (field) => (isBox(field) ? field.checked : field.options ? selected(field, 'selected') : field.value);
  const given = (field) => (isBox(field) ? field.defaultChecked : field.options ? selected(field, 'defaultSelected') || field.options[0]?.value : field.defaultValue);

  const write = (field, value) => {
    if (isBox(field)) field.checked = value;
    else if (field.options) [...field.options].forEach((option) => { option.selected = value.split('\n').includes(option.value); });
    else field.value = value;
  };

  // Every field under a name of its own, also where several share one.
  const fieldsOf = (form) => {
    const seen = {};
    return [...form.elements].filter((field) => field.name && 'value' in field && field.tagName !== 'BUTTON' && !field.matches(NEVER)).map((field) => {
      const name = isBox(field) ? `${field.name}=${field.value}` : field.name;
      seen[name] = (seen[name] || 0) + 1;
      return [`${name}#${seen[name]}`, field];
    });
  };

  const save = (form) => {
    const typed = fieldsOf(form).filter(([, field]) => read(field) !== given(field));
    const draft = Object.fromEntries(typed.map(([name, field]) => [name, { was: given(field), now: read(field) }]));
    if (typed.length) store.setItem(draftKey(form), JSON.stringify(draft));
    else store.removeItem(draftKey(form));
  };

  const drop = (form) => {
    store.removeItem(draftKey(form));
    store.removeItem(sentKey(form));
  };

  const offerToDrop = (form) => {
    const words = document.createElement('p');
    const button = document.createElement('button');
    words.className = 'kept small quiet mb-3';
    words.textContent = 'What you typed here before is back, not saved yet. ';
    button.type = 'button';
    button.className = 'btn btn-link';
    button.textContent = 'Drop it';
    button.addEventListener('click', () => {
      drop(form);
      form.reset();
      words.remove();
    });
    words.append(button);
    form.prepend(words);
    window.caseload.say(words.textContent);
  };

  // Only where the stored value is still what it was when the words were typed.
  const restore = (form) => {
    const draft = JSON.parse(store.getItem(draftKey(form)) || '{}');
    const back = fieldsOf(form).filter(([name, field]) => name in draft && draft[name].was === given(field));
    back.forEach(([name, field]) => write(field, draft[name].now));
    if (!back.length) return;
    offerToDrop(form);
    form.dispatchEvent(new CustomEvent('keep:restored', { bubbles: true }));
  };

  const rename = (from, to) => keysLike(from).forEach((key) => {
    store.removeItem(key);
    store.setItem(to + key.slice(from.length), 'yes');
  });

  // A form that was sent is done, unless the answer is the same form with faults.
  const settle = () => {
    keysLike('held:').forEach((key) => store.removeItem(key));
    keysLike('sent:').forEach((key) => {
      const id = key.slice('sent:'.length);
      const form = document.querySelector(`form[data-keep="${CSS.escape(id)}"]`);
      store.removeItem(key);
      if (!form?.querySelector('[aria-invalid="true"], [role="alert"]')) store.removeItem(`keep:${id}`);
    });
  };

  const formOf = (node) => node?.closest?.('form[data-keep]');

  // A door or an error page holds what was sent; a form there with data-sends-on sends it after all.
  if (elsewhere) rename('sent:', 'held:');
  else settle();
  document.querySelectorAll('form[data-keep]').forEach(restore);

  document.addEventListener('input', (event) => {
    const form = formOf(event.target.form);
    if (form) save(form);
  });
  document.addEventListener('submit', (event) => {
    if (event.target.matches('[data-sends-on]')) rename('held:', 'sent:');
    if (event.target.matches('[data-forget]')) ['keep:', 'sent:', 'held:'].flatMap(keysLike).forEach((key) => store.removeItem(key));
    const form = formOf(event.target);
    if (form && !event.defaultPrevented) store.setItem(sentKey(form), 'yes');
  });
  document.addEventListener('htmx:afterRequest', ({ detail }) => {
    const form = formOf(detail.elt);
    if (form && detail.successful && detail.requestConfig.verb !== 'get') drop(form);
  });
  document.addEventListener('htmx:load', ({ detail }) => {
    const form = detail.elt.matches?.('form[data-keep]') ? detail.elt : detail.elt.querySelector?.('form[data-keep]');
    if (form && form !== document && !form.querySelector('.kept')) restore(form);
  });
})();
