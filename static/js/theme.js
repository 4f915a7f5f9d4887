// Sets the theme before the page is painted: what the person chose here, or else what the system shows.
(() => {
  'use strict';

  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const ofSystem = () => (system.matches ? 'dark' : 'light');

  const chosen = () => {
    try {
      return localStorage.getItem('theme');
    } catch {
      return null;
    }
  };

  const show = () => {
    root.dataset.bsTheme = chosen() || ofSystem();
  };

  // Choosing what the system shows anyway means to follow the system again.
  const choose = (theme) => {
    try {
      if (theme === ofSystem()) localStorage.removeItem('theme');
      else localStorage.setItem('theme', theme);
    } catch {
      // Without storage the choice holds for this page.
    }
    root.dataset.bsTheme = theme;
  };

  show();
  system.addEventListener('change', show);
  addEventListener('storage', show);
  addEventListener('beforeprint', () => { root.dataset.bsTheme = 'light'; });
  addEventListener('afterprint', show);

  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-theme-toggle]')) choose(root.dataset.bsTheme === 'dark' ? 'light' : 'dark');
  });

  // Transitions begin once the first picture stands.
  addEventListener('load', () => requestAnimationFrame(() => requestAnimationFrame(() => root.classList.add('settled'))));
})();
