// Tables with data-rows: J and K move, Space selects, Enter opens, E edits in place, Shift selects a range.
// Checkboxes may carry data-cents; [data-selected-count], [data-plural] and [data-selected-sum] say what is selected; [data-needs-chosen] is off with none.
(() => {
  'use strict';

  const ROW = '[data-row], tbody > tr';
  const caseload = window.caseload;
  const tables = () => [...document.querySelectorAll('[data-rows]')];
  const rowsIn = (table) => [...table.querySelectorAll(ROW)].filter((row) => row.checkVisibility() && !row.matches('[data-no-row]'));
  const boxesIn = (table) => [...table.querySelectorAll('input[type="checkbox"]:not([data-all])')].filter((box) => !box.disabled);
  const current = () => document.activeElement?.closest('[data-rows]') && document.activeElement.closest(ROW);

  const enter = (row) => {
    document.querySelectorAll('.cur').forEach((other) => other.classList.remove('cur'));
    row.classList.add('cur');
    const spot = row.querySelector('[data-row-focus]') || row.querySelector('a[href]') || row.querySelector('input, button') || row;
    if (spot === row) row.tabIndex = -1;
    spot.focus();
    row.scrollIntoView({ block: 'nearest' });
  };

  const move = (by) => {
    const all = tables().flatMap(rowsIn);
    const at = all.indexOf(current() || document.querySelector('.cur'));
    const next = at < 0 ? all[0] : all[at + by];
    if (next) enter(next);
    return Boolean(next);
  };

  const edit = (row) => {
    const spot = row.querySelector('[data-edit]');
    if (spot?.matches('input, select, textarea')) spot.focus();
    else spot?.click();
    return Boolean(spot);
  };

  const select = (row) => {
    const box = row.querySelector('input[type="checkbox"]:not([disabled])');
    if (!box || document.activeElement.matches('button, input')) return false;
    box.click();
    return true;
  };

  const open = (row) => {
    if (document.activeElement !== row) return false;
    row.querySelector('a[href]')?.click();
    return true;
  };

  const keys = { j: () => move(1), k: () => move(-1), e: edit, ' ': select, Enter: open };

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || caseload.typing(event.target) || document.querySelector('dialog[open]')) return;
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    const row = current();
    const needsRow = act === edit || act === select || act === open;
    if (!act || !tables().length || !caseload.singleKeys() || (needsRow && !row)) return;
    if (act(row)) event.preventDefault();
  });

  // Selecting
  const dollars = (cents) => `$${(cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })}`;

  const count = () => {
    const boxes = tables().flatMap(boxesIn);
    const chosen = boxes.filter((box) => box.checked);
    boxes.forEach((box) => box.closest(ROW)?.classList.toggle('sel', box.checked));
    const sum = (some) => some.reduce((cents, box) => cents + Number(box.dataset.cents || 0), 0);
    // What is selected without a row on the page: all of a folded list, except those whose own box says it.
    const also = document.querySelector('[data-also-count]')?.dataset;
    const cents = sum(chosen) + (also ? Number(also.alsoCents) - sum(boxes) : 0);
    const many = chosen.length + (also ? Number(also.alsoCount) - boxes.length : 0);
    document.querySelectorAll('[data-selected-count]').forEach((spot) => { spot.textContent = many; });
    document.querySelectorAll('[data-plural]').forEach((spot) => { spot.textContent = many === 1 ? '' : 's'; });
    document.querySelectorAll('[data-selected-sum]').forEach((spot) => { spot.textContent = dollars(cents); });
    document.querySelectorAll('[data-needs-chosen]').forEach((button) => { button.disabled = !many; });
    document.querySelectorAll('[data-all]').forEach((all) => {
      all.checked = chosen.length > 0 && chosen.length === boxes.length;
      all.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
    });
  };

  let last = null;

  const selectRange = (table, box) => {
    const boxes = boxesIn(table);
    const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
    if (from >= 0) boxes.slice(from, to + 1).forEach((other) => { other.checked = box.checked; });
  };

  document.addEventListener('click', (event) => {
    const box = event.target.closest?.('[data-rows] input[type="checkbox"]');
    if (!box) return;
    const table = box.closest('[data-rows]');
    if (box.matches('[data-all]')) boxesIn(table).forEach((other) => { other.checked = box.checked; });
    else if (event.shiftKey && last) selectRange(table, box);
    last = box;
    count();
  });

  if (tables().length) count();
  document.addEventListener('htmx:afterSettle', () => { if (tables().length) count(); });
})();
