import { get } from './api.js';
import { bars, minutes } from './charts.js';
import { badge, details, el, name, notice, plain, replace, stranger, table, time } from './dom.js';
import { follow } from './live.js';
import { texts } from './texts.js';

const EVERY = 5000;
const MOST_BARS = 5;
const KINDS = { running: 'good', starting: 'info', failing: 'bad', broken: 'bad', stopped: 'plain', error: 'bad', unknown: 'plain' };

const number = new Intl.NumberFormat('en');
const t = texts.overview;

/** How everything stands, as it changes. */
export function overview({ signal }) {
  const body = el('div', {}, el('p', { class: 'muted' }, texts.loading));
  follow(body, { kind: 'overview', every: EVERY, signal }, async () => replace(body, show(await get('overview', {}, signal))));
  return [el('h1', { tabindex: '-1' }, t.heading), body];
}

function show(data) {
  const usage = data.usage;
  const running = data.servers.filter(server => server.state === 'running').length;
  return [
    data.is_looking ? notice('info', t.looking) : null,
    (data.faults ?? []).length > 0 ? notice('bad', el('strong', {}, t.faults), el('ul', {}, data.faults.map(fault => el('li', {}, `${fault.part}: `, stranger(fault.message), ' ', time(fault.since))))) : null,
    el('div', { class: 'tiles' },
      tile(t.serversTile, number.format(data.servers.length), t.running(running, data.servers.length)),
      tile(t.toolsTile, number.format(data.tools), null),
      tile(t.definitionsTile, number.format(data.tokens), texts.tokens(data.tokens).replace(/^\S+ /, '')),
      usage ? tile(t.searchesTile, number.format(usage.searches), since(data)) : null,
      usage ? tile(t.callsTile, number.format(usage.calls), t.failed(usage.failed_calls)) : null,
      usage ? tile(t.savedTile, number.format(usage.tokens_saved), usage.baseline_tokens > 0 ? `${Math.round((100 * usage.tokens_saved) / usage.baseline_tokens)} %` : null, 'good') : null),
    usage ? el('p', { class: 'muted small' }, t.assumption(usage.baseline_tokens, usage.returned_tokens)) : null,
    usage ? activity(usage.minutes) : null,
    usage ? el('div', { class: 'columns' }, slowest(data.servers), failing(data.servers)) : null,
    servers(data.servers),
    data.sources && data.sources.length > 0 ? sources(data.sources) : null,
  ];
}

const tile = (label, value, below, kind = '') => el('div', { class: `tile ${kind}` }, el('div', { class: 'tile-label' }, label), el('div', { class: 'tile-value' }, value), below ? el('div', { class: 'tile-below' }, below) : null);

const since = data => t.since(new Date(data.started_at).toLocaleString('en', { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false }));

function activity(values) {
  const sum = key => values.reduce((total, value) => total + value[key], 0);
  const most = Math.max(...values.map(value => Math.max(value.searches, value.calls)));
  return el('section', { class: 'card' },
    el('h2', {}, t.activity),
    most === 0 ? el('p', { class: 'muted' }, t.quiet) : [
      minutes(values, t.activityText(sum('searches'), sum('calls'), sum('failed_calls'))),
      el('p', { class: 'legend' }, key('searches', t.searchesKey), key('calls', t.callsKey), key('failed', t.failedKey), el('span', { class: 'muted' }, t.perMinute(most))),
    ]);
}

const key = (kind, text) => el('span', { class: `key ${kind}` }, text);

function slowest(list) {
  const rows = list.filter(server => server.usage).sort((one, other) => other.usage.p95_ms - one.usage.p95_ms).slice(0, MOST_BARS);
  return el('section', { class: 'card' }, el('h2', {}, t.slowest),
    rows.length === 0 ? el('p', { class: 'muted' }, t.noCalls) : [
      bars(rows.map(server => ({ label: name(server.name), value: server.usage.p95_ms, text: texts.ms(server.usage.p95_ms) })), 'calls'),
      el('p', { class: 'muted small' }, t.slowestText)]);
}

function failing(list) {
  const share = server => server.usage.failed / server.usage.calls;
  const rows = list.filter(server => server.usage?.failed > 0).sort((one, other) => share(other) - share(one)).slice(0, MOST_BARS);
  return el('section', { class: 'card' }, el('h2', {}, t.failing),
    rows.length === 0 ? el('p', { class: 'muted' }, t.noFailures) : [
      bars(rows.map(server => ({ label: name(server.name), value: share(server), text: t.share(server.usage.failed, server.usage.calls) })), 'failed'),
      el('p', { class: 'muted small' }, t.failingText)]);
}

function servers(list) {
  return el('section', { class: 'card' }, el('h2', {}, t.servers),
    list.length === 0 ? notice('info', t.noServers) : table(t.servers, t.columns, list.map(server => ({
      server: [
        el('a', { href: `#/catalogue?server=${encodeURIComponent(server.name)}`, data: { key: `server ${server.name}` } }, name(server.name)),
        server.group === 'default' ? null : el('div', { class: 'muted small' }, t.group(plain(server.group)))],
      state: badge(t.states[server.state] ?? server.state, KINDS[server.state] ?? 'plain'),
      tools: [number.format(server.tools), server.withheld_tools > 0 ? [' ', el('a', { href: '#/trust', data: { key: `trust ${server.name}` } }, t.withheld(server.withheld_tools))] : null],
      tokens: number.format(server.tokens),
      calls: server.usage ? `${number.format(server.usage.calls)}${server.usage.failed > 0 ? `, ${t.failed(server.usage.failed)}` : ''}` : '0',
      error: error(server),
    }))));
}

function error(server) {
  const sentence = server.last_error ?? server.reason;
  const parts = [
    sentence ? stranger(sentence) : null,
    server.failing_since ? el('span', { class: 'muted' }, ` ${t.failingSince(new Date(server.failing_since).toLocaleTimeString('en', { hour12: false }))}`) : null,
    server.next_retry ? el('span', { class: 'muted' }, ` ${t.retry(texts.within((new Date(server.next_retry) - Date.now()) / 1000))}`) : null,
  ].filter(Boolean);
  return parts.length > 0 ? el('div', { class: 'error-text' }, parts) : null;
}

function sources(list) {
  return details(t.sources, () => table(t.sources, t.sourceColumns, list.map(source => ({
    source: name(source.name),
    servers: number.format(source.servers),
    last: source.last_success ? time(source.last_success) : texts.never,
    error: source.last_error ? stranger(source.last_error) : null,
  }))));
}
