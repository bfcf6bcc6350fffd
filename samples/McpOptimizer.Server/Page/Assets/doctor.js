import { get } from './api.js';
import { badge, details, el, notice, replace, say, stranger } from './dom.js';
import { texts } from './texts.js';

const t = texts.doctor;
const KINDS = { error: 'bad', warning: 'warn', info: 'info' };
const OPEN = 20;

const number = new Intl.NumberFormat('en');

/** Examines the catalogue when asked to. */
export function doctor() {
  const report = el('div', { 'aria-live': 'polite' });
  const submit = el('button', { type: 'button', class: 'primary', on: { click: examine } }, t.submit);
  return [el('h1', { tabindex: '-1' }, t.heading), el('p', { class: 'muted' }, t.explanation), el('div', { class: 'buttons' }, submit), report];

  async function examine() {
    submit.disabled = true;
    replace(report, el('p', { class: 'muted' }, t.running));
    try {
      const found = await get('doctor');
      replace(report, show(found));
      say(t.findings(found.findings.length));
    } catch (fault) {
      replace(report, notice('bad', fault.message));
    } finally {
      submit.disabled = false;
    }
  }
}

function show(report) {
  const groups = [...Map.groupBy(report.findings, finding => `${finding.severity} ${finding.code}`).values()];
  return [
    el('div', { class: 'tiles' },
      tile(t.tools, number.format(report.tools), texts.servers(report.servers)),
      tile(t.tokens, number.format(report.tokens), null),
      tile(t.first, t.of(report.found_first, report.tools), null),
      tile(t.five, t.of(report.found_among_five, report.tools), null)),
    groups.length === 0 ? notice('good', t.healthy) : groups.map(group => el('section', { class: 'card' }, details(
      el('span', { class: 'tool-line' }, badge(t.severities[group[0].severity] ?? group[0].severity, KINDS[group[0].severity] ?? 'plain'), el('strong', {}, stranger(group[0].code)), el('span', { class: 'muted' }, t.findings(group.length))),
      () => el('ul', { class: 'findings' }, group.map(describe)), { open: group.length <= OPEN }))),
  ];
}

const tile = (label, value, below) => el('div', { class: 'tile' }, el('div', { class: 'tile-label' }, label), el('div', { class: 'tile-value' }, value), below ? el('div', { class: 'tile-below' }, below) : null);

function describe(finding) {
  return el('li', {},
    el('div', {}, el('span', { class: 'name' }, stranger(finding.tool)), ': ', stranger(finding.message)),
    finding.suggestion || finding.effect || finding.others ? el('dl', {},
      finding.suggestion ? [el('dt', {}, t.suggestion), el('dd', {}, stranger(finding.suggestion, { lines: true }))] : null,
      finding.effect ? [el('dt', {}, t.effect), el('dd', { class: 'effect' }, stranger(finding.effect))] : null,
      finding.others ? [el('dt', {}, t.others), el('dd', {}, finding.others.map((other, at) => [at > 0 ? ', ' : null, el('span', { class: 'name' }, stranger(other))]))] : null) : null);
}
