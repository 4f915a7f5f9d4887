// A file that was just made downloads by itself; the address forgets it, so that looking again downloads nothing.
(() => {
  'use strict';

  const link = document.querySelector('[data-download-now]');
  if (!link) return;
  const here = new URL(location.href);
  here.searchParams.delete('made');
  history.replaceState(history.state, '', here);
  link.click();
})();
