// Charts: what came in in the accent, what was taken off in warm gray, what is still owed as ink. The table says the same.
(() => {
  'use strict';

  const drawn = new WeakMap();
  const dollars = (cents) => {
    const sign = cents < 0 ? '−' : '';
    return `${sign}$${(Math.abs(cents) / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })}`;
  };
  const whole = (cents) => `${cents < 0 ? '−' : ''}$${Math.abs(cents / 100).toLocaleString('en-US')}`;

  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const sets = (said) => [
    {
      type: 'line', label: 'Still owed', data: said.owed, stack: 'owed', showLine: said.line, tension: 0.25,
      borderColor: color('--ink'), borderWidth: 2, pointRadius: 3, pointBorderWidth: 2,
      pointBackgroundColor: color('--surface'),
    },
    {
      type: 'bar', label: 'Collected', data: said.collected, stack: 'done', backgroundColor: color('--accent'),
      borderRadius: 3, maxBarThickness: 44,
    },
    {
      type: 'bar', label: 'Taken off', data: said.taken_off, stack: 'done', backgroundColor: color('--line-2'),
      borderRadius: 3, maxBarThickness: 44,
    },
  ];

  const options = () => ({
    animation: false,
    maintainAspectRatio: false,
    interaction: { mode: 'index', intersect: false },
    plugins: {
      legend: { display: false },
      tooltip: { callbacks: { label: (item) => `${item.dataset.label}: ${dollars(item.raw)}` } },
    },
    scales: {
      x: { stacked: true, grid: { display: false }, border: { display: false } },
      y: {
        stacked: true,
        beginAtZero: true,
        border: { display: false },
        grid: { color: (line) => color(line.tick.value === 0 ? '--line-2' : '--line') },
        ticks: { callback: whole, maxTicksLimit: 5, padding: 8 },
      },
    },
  });

  const draw = (canvas) => {
    if (!window.Chart) return;
    drawn.get(canvas)?.destroy();
    const said = JSON.parse(canvas.dataset.chart);
    window.Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    window.Chart.defaults.font.size = 12;
    window.Chart.defaults.color = color('--ink-2');
    drawn.set(canvas, new window.Chart(canvas, { data: { labels: said.labels, datasets: sets(said) }, options: options() }));
  };

  const start = () => {
    document.querySelectorAll('[data-chart]').forEach(draw);
  };

  start();
  document.addEventListener('htmx:afterSettle', start);
  new MutationObserver(start).observe(document.documentElement, { attributeFilter: ['data-bs-theme'] });
})();
