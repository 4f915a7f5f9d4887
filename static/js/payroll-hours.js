// Hours of a week: arrow keys and Enter move between the cells, as in a sheet.
(() => {
  'use strict';

  const CELL = '[data-hours] input';

  const column = (cell) => [...cell.closest('tr').children].indexOf(cell.closest('td'));

  const below = (cell, step) => {
    const rows = [...cell.closest('table').querySelectorAll('tr')];
    const at = rows.indexOf(cell.closest('tr'));
    const place = column(cell);
    for (let row = at + step; row >= 0 && row < rows.length; row += step) {
      const found = rows[row].children[place]?.querySelector('input');
      if (found) return found;
    }
    return null;
  };

  const beside = (cell, step) => {
    const cells = [...cell.closest('tr').querySelectorAll('input')];
    return cells[cells.indexOf(cell) + step] || null;
  };

  const atEdge = (cell, step) => {
    const all = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
    return all || (step < 0 ? cell.selectionEnd === 0 : cell.selectionStart === cell.value.length);
  };

  const moves = {
    ArrowDown: (cell) => below(cell, 1),
    ArrowUp: (cell) => below(cell, -1),
    Enter: (cell, event) => below(cell, event.shiftKey ? -1 : 1) || cell,
    ArrowLeft: (cell) => atEdge(cell, -1) && beside(cell, -1),
    ArrowRight: (cell) => atEdge(cell, 1) && beside(cell, 1),
  };

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !event.target.matches?.(CELL)) return;
    if (event.key === 'Escape') event.target.value = event.target.defaultValue;
    const next = moves[event.key]?.(event.target, event);
    if (!next) return;
    event.preventDefault();
    if (next === event.target) event.target.blur();
    next.focus();
  });

  document.addEventListener('focusin', (event) => {
    if (event.target.matches?.(CELL)) event.target.select();
  });
})();
