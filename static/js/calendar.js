// The calendar: draws a day by clinician or one clinician's week, moves what is dragged, and the page's own keys.
(() => {
  'use strict';

  const caseload = window.caseload;
  const box = document.querySelector('[data-calendar]');
  const link = (name) => document.querySelector(`[data-cal-${name}]`);

  // Keys: arrows change the date, T is today, N a new session.
  const keys = { ArrowLeft: 'earlier', ArrowRight: 'later', t: 'today', n: 'new' };
  document.addEventListener('keydown', (event) => {
    const name = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    const busy = event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || caseload.typing(event.target);
    if (!name || busy || !caseload.singleKeys() || document.querySelector('dialog[open], :popover-open')) return;
    if (event.key.startsWith('Arrow') && event.target.closest('[tabindex="0"]')) return;
    const target = link(name);
    if (!target) return;
    event.preventDefault();
    target.click();
  });

  // The picker, also when it is loaded later: "None" unticks everybody, and the field narrows the names.
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-clears]');
    if (!button) return;
    event.preventDefault();
    button.form.querySelectorAll('input[type="checkbox"]').forEach((field) => { field.checked = false; });
  });
  document.addEventListener('input', (event) => {
    if (!event.target.matches('[data-narrows]')) return;
    const words = event.target.value.trim().toLowerCase();
    event.target.form.querySelectorAll('label').forEach((label) => { label.hidden = !label.textContent.toLowerCase().includes(words); });
  });
  const ready = (part) => part.querySelectorAll('[data-narrowing]').forEach((field) => { field.hidden = false; });
  document.addEventListener('htmx:load', ({ detail }) => ready(detail.elt));
  ready(document);

  if (!box || !window.EventCalendar) return;

  const MINUTE = 60000;
  const SLOT = 37; // pixels for half an hour
  const day = box.dataset.view === 'day';
  const element = document.getElementById('cal');
  const glyphs = document.getElementById('cal-glyphs').content;
  const looks = { done: 'k-done', wait: 'k-wait', move: 'k-move', plan: 'ev-plan', off: 'ev-off' };
  const opened = Date.now();
  let calendar;
  let now;

  const pad = (number) => String(number).padStart(2, '0');
  const iso = (date) => `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  const wall = (date) => `${iso(date)}T${pad(date.getHours())}:${pad(date.getMinutes())}`;
  const clock = (date) => `${(date.getHours() + 11) % 12 + 1}:${pad(date.getMinutes())}`;

  const make = (tag, className, words) => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (words) node.textContent = words;
    return node;
  };

  const glyph = (name) => {
    const found = glyphs.querySelector(`[data-g="${name}"]`);
    return found ? [...found.cloneNode(true).childNodes] : [];
  };

  // How many lines of 16 pixels stand below the name.
  const room = ({ start, end }) => Math.max(1, Math.floor(((end - start) / MINUTE / 30 * SLOT - 21) / 16));

  const says = { done: 'held', wait: 'to be settled', move: 'underway', plan: 'to come', off: 'canceled or missed' };

  const content = ({ event }) => {
    if (event.display === 'background') return '';
    const { state, code, words, video, copay, url } = event.extendedProps;
    const whole = make('a', 'ev');
    whole.href = url;
    whole.draggable = false;
    whole.addEventListener('click', (click) => { if (click.detail) click.preventDefault(); }); // a drag ends in a click; eventClick tells them apart
    const head = make('b');
    head.append(make('em', '', event.title), ...glyph(state === 'plan' && video ? 'video' : state));
    const lines = [[clock(event.start), code].filter(Boolean).join(' · '), words, copay && `copay ${copay}`].filter(Boolean);
    const spoken = `${says[state]}${video ? ', telehealth' : ''}`;
    whole.append(head, ...lines.slice(0, room(event)).map((line) => make('span', '', line)), make('i', 'visually-hidden', spoken));
    return { domNodes: [whole] };
  };

  const label = ({ resource }) => {
    const { initials, tone, place } = resource.extendedProps;
    const head = make('div', 'colh');
    const words = make('div');
    const avatar = make('span', `av s tone-${tone}`, initials);
    avatar.setAttribute('aria-hidden', 'true');
    words.append(make('b', '', resource.title), make('small', '', place));
    head.append(avatar, words);
    return { domNodes: [head] };
  };

  // The library calls its grid a table but puts articles in it; it is a labelled group of sessions, each a link.
  const tame = () => {
    element.querySelectorAll('[role]').forEach((node) => {
      if (!/^(table|row|rowgroup|cell|gridcell|columnheader|rowheader)$/.test(node.getAttribute('role'))) return;
      node.setAttribute('role', 'presentation');
      ['aria-colindex', 'aria-rowindex', 'aria-colcount', 'aria-rowcount'].forEach((name) => node.removeAttribute(name));
    });
    element.querySelectorAll('.ec-event[role="button"]').forEach((node) => {
      node.removeAttribute('role');
      node.removeAttribute('tabindex');
    });
    element.querySelectorAll('.ec-main').forEach((node) => { node.tabIndex = 0; }); // it scrolls, also by keyboard
    element.setAttribute('role', 'group');
    element.setAttribute('aria-label', 'Sessions');
  };
  new MutationObserver(() => requestAnimationFrame(tame)).observe(element, { childList: true, subtree: true, attributeFilter: ['role'] });

  const show = (part) => {
    const holder = document.createElement('template');
    holder.innerHTML = part;
    const toast = holder.content.firstElementChild;
    if (toast) document.getElementById('toasts').append(toast);
    if (toast && window.htmx) window.htmx.process(toast);
  };

  // Moves and longer or shorter sessions go to the server; what it refuses goes back, with its sentence.
  const send = async ({ event, oldResource, newResource, revert }) => {
    const token = document.querySelector('meta[name="csrf-token"]').content;
    const body = new URLSearchParams({ start: wall(event.start), minutes: Math.round((event.end - event.start) / MINUTE) });
    if (oldResource && newResource) {
      body.set('from', oldResource.id);
      body.set('to', newResource.id);
    }
    try {
      const answer = await fetch(event.extendedProps.move, { method: 'POST', body, headers: { 'X-CSRFToken': token, Accept: 'text/html-fragment' } });
      if (answer.ok || answer.status === 422) show(await answer.text());
      else caseload.warn(answer.status === 401 ? 'You were signed out. Nothing was moved.' : 'Nothing was moved. Load the page again.');
      if (!answer.ok) revert();
      else load().catch(() => {});
    } catch {
      revert();
      caseload.warn('No connection. Nothing was moved.');
    }
  };

  const book = (start, minutes, resource) => {
    if (!box.dataset.book) return;
    const query = new URLSearchParams({ date: iso(start), time: `${pad(start.getHours())}:${pad(start.getMinutes())}` });
    if (minutes) query.set('minutes', minutes);
    const who = resource?.id || new URLSearchParams(location.search).get('clinician');
    if (who) query.set('clinician', who);
    location.assign(`${box.dataset.book}?${query}`);
  };

  const background = (rows, name) => rows.map((row, at) => ({ ...row, id: `${name}${at}`, display: 'background', classNames: [name] }));

  // The present time moves on by itself, by the practice's clock and not the browser's.
  const nowLines = (resources) => {
    const moment = new Date(new Date(now).getTime() + (Date.now() - opened));
    const line = { start: wall(moment), end: wall(new Date(moment.getTime() + 2 * MINUTE)) };
    return background(resources.map(({ id }) => ({ ...line, resourceIds: [id] })), 'nowline');
  };

  // A session comes without what is empty; what is left out is as it usually is.
  const event = (base) => ({ id, who, start, end, title, fixed, ...more }) => ({
    id: String(id),
    resourceIds: who.map(String),
    start,
    end,
    title,
    editable: !fixed,
    classNames: [looks[more.state]],
    extendedProps: { ...more, url: `${base}${id}/`, move: `${base}${id}/move/` },
  });

  const events = (facts) => [
    ...facts.events.map(event(facts.sessions)),
    ...background(facts.shut, 'shut'),
    ...nowLines(facts.resources),
  ];

  // Columns share the width; where that would make them too narrow to read, they scroll.
  const columnWidth = ({ resources }) => {
    const least = innerWidth < 860 ? 144 : 136;
    const columns = day ? resources.length : 5;
    return columns * least + 66 > box.parentElement.clientWidth ? `${least}px` : undefined;
  };

  const options = (facts) => ({
    view: day ? 'resourceTimeGridDay' : 'timeGridWeek',
    date: box.dataset.date,
    firstDay: 1,
    headerToolbar: { start: '', center: '', end: '' },
    allDaySlot: false,
    slotMinTime: facts.opens,
    slotMaxTime: facts.closes,
    slotDuration: '00:30',
    snapDuration: '00:05',
    slotHeight: SLOT,
    height: 'auto',
    nowIndicator: false,
    columnWidth: columnWidth(facts),
    editable: true,
    selectable: Boolean(box.dataset.book),
    selectBackgroundColor: 'var(--accent-soft)',
    slotLabelFormat: (date) => (date.getMinutes() ? '' : date.toLocaleTimeString('en-US', { hour: 'numeric' })),
    dayHeaderFormat: (date) => `${date.toLocaleDateString('en-US', { weekday: 'short' })} ${date.getDate()}`,
    hiddenDays: day ? [] : emptyWeekend(facts),
    resources: day ? facts.resources.map(({ id, title, ...more }) => ({ id, title, extendedProps: more })) : [],
    resourceLabelContent: label,
    eventContent: content,
    eventClick: ({ event }) => event.display !== 'background' && location.assign(event.extendedProps.url),
    dateClick: ({ date, resource }) => book(date, null, resource),
    select: ({ start, end, resource }) => book(start, Math.round((end - start) / MINUTE), resource),
    eventDrop: send,
    eventResize: send,
    events: events(facts),
  });

  const emptyWeekend = (facts) => [0, 6].filter((number) => !facts.events.some(({ start }) => new Date(start).getDay() === number));

  const load = async () => {
    const answer = await fetch(box.dataset.events, { headers: { Accept: 'application/json', 'Caseload-Poll': 'yes' } });
    if (!answer.ok) throw new Error(`events: ${answer.status}`);
    const facts = await answer.json();
    now ||= facts.now;
    if (calendar) {
      calendar.setOption('events', events(facts));
      return;
    }
    box.hidden = false;
    document.querySelector('[data-cal-list]').classList.add('aside');
    calendar = window.EventCalendar.create(element, options(facts));
    tame();
    setInterval(() => load().catch(() => {}), 5 * MINUTE);
  };

  load().catch(() => {
    box.hidden = true;
    document.querySelector('[data-cal-list]').classList.remove('aside');
    caseload.warn('The calendar could not be drawn. The same sessions stand below as a list.');
  });
})();
