// Small drawings. Colours come from the style sheet, so that they follow light and dark.

import { svg, el } from './dom.js';

const WIDTH = 600;
const HEIGHT = 120;

/** A column a minute: searches and calls side by side, failed calls within the calls. */
export function minutes(values, label) {
  const most = Math.max(1, ...values.map(value => Math.max(value.searches, value.calls)));
  const step = WIDTH / values.length;
  const bar = Math.max(1, (step - 2) / 2);
  const height = count => (count === 0 ? 0 : Math.max(2, (count / most) * (HEIGHT - 6)));
  const rect = (kind, x, count) => (count > 0 ? svg('rect', { class: kind, x: x.toFixed(2), y: (HEIGHT - height(count)).toFixed(2), width: bar.toFixed(2), height: height(count).toFixed(2), rx: 1 }) : null);
  return svg('svg', { class: 'chart', viewBox: `0 0 ${WIDTH} ${HEIGHT + 1}`, role: 'img', 'aria-label': label, preserveAspectRatio: 'none' },
    [0.25, 0.5, 0.75].map(share => svg('line', { class: 'grid', x1: 0, x2: WIDTH, y1: HEIGHT * share, y2: HEIGHT * share })),
    values.map((value, index) => [
      rect('searches', index * step, value.searches),
      rect('calls', index * step + bar, value.calls),
      rect('failed', index * step + bar, value.failed_calls),
    ]),
    svg('line', { class: 'axis', x1: 0, x2: WIDTH, y1: HEIGHT, y2: HEIGHT }));
}

/** Lines with a bar each: `rows` are { label, value, text }. The text says what the bar shows. */
export function bars(rows, kind) {
  const most = Math.max(...rows.map(row => row.value), Number.MIN_VALUE);
  return el('ul', { class: 'bars' }, rows.map(row => el('li', {},
    el('span', { class: 'bar-label' }, row.label),
    el('span', { class: 'bar-text' }, row.text),
    svg('svg', { class: 'meter', viewBox: '0 0 100 4', 'aria-hidden': 'true', preserveAspectRatio: 'none' },
      svg('rect', { class: 'track', width: 100, height: 4, rx: 1 }),
      svg('rect', { class: kind, width: Math.max(1, (100 * row.value) / most).toFixed(2), height: 4, rx: 1 })))));
}
