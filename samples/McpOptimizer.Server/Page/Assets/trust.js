import { get, post } from './api.js';
import { ask, badge, clock, details, el, field, notice, plain, replace, say, stranger, table, time } from './dom.js';
import { texts } from './texts.js';

const t = texts.trust;
const PAGE = 20;
const SEVERITIES = { low: 'info', medium: 'warn', high: 'bad' };
const ACTIONS = { approved: 'good', restored: 'good', rejected: 'bad', quarantined: 'warn', pinned: 'plain', removed: 'plain', summarized: 'plain' };

/** What awaits a decision, and the log. */
export function trust({ signal }) {
  const queue = el('div', {}, el('p', { class: 'muted' }, texts.loading));
  const log = el('div', {}, el('p', { class: 'muted' }, texts.loading));
  const told = el('div', { 'aria-live': 'polite' });
  load();
  return [
    el('h1', { tabindex: '-1' }, t.heading),
    el('p', { class: 'muted' }, t.explanation),
    told,
    el('section', {}, el('h2', {}, t.queue), queue),
    el('section', { class: 'card' }, el('h2', {}, t.log), log),
  ];

  async function load() {
    await Promise.all([loadQueue(), loadLog()]);
  }

  async function loadQueue() {
    const list = el('ul', { class: 'reviews' });
    const more = el('button', { type: 'button', on: { click: () => add(following) } }, texts.more);
    let following = 0;
    const total = await add(0);
    if (total !== null) {
      replace(queue, total === 0 ? notice('good', t.empty) : [total > 1 ? el('p', { class: 'muted' }, t.total(total)) : null, list, more]);
    }

    async function add(offset) {
      try {
        const page = await get('trust/review', { offset, limit: PAGE }, signal);
        list.append(...page.items.map(item => el('li', { class: 'card' }, review(item))));
        following = page.next;
        more.hidden = following === undefined;
        return page.total;
      } catch (fault) {
        if (fault.name !== 'AbortError') {
          replace(queue, notice('bad', fault.message));
        }

        return null;
      }
    }
  }

  async function loadLog() {
    const rows = el('div', {});
    const more = el('button', { type: 'button', on: { click: next } }, texts.more);
    let records = [];
    await next();

    async function next() {
      try {
        const page = await get('trust/log', { limit: 50, before: records.at(-1)?.id }, signal);
        records = records.concat(page.records);
        more.hidden = page.records.length < 50;
        replace(rows, records.length === 0 ? el('p', { class: 'muted' }, t.emptyLog) : table(t.log, t.logColumns, records.map(line)));
        replace(log, rows, more);
      } catch (fault) {
        if (fault.name !== 'AbortError') {
          replace(log, notice('bad', fault.message));
        }
      }
    }
  }

  function review(item) {
    const entry = item.entry;
    return [
      el('div', { class: 'hit-head' },
        el('h3', { class: 'name' }, stranger(entry.display_name, { escaped: true })),
        badge(t.states[entry.state] ?? entry.state, 'warn'),
        badge(t.kinds[entry.kind] ?? entry.kind),
        el('span', { class: 'muted' }, time(entry.changed_at))),
      el('p', { class: 'muted' }, t.stateTexts[entry.state] ?? '', entry.renamed_from ? [' ', t.renamed(plain(entry.renamed_from))] : null),
      (entry.findings ?? []).length > 0 ? el('div', { class: 'scan' }, el('strong', {}, t.findings), el('ul', {}, entry.findings.map(finding => el('li', {},
        badge(t.severities[finding.severity] ?? finding.severity, SEVERITIES[finding.severity] ?? 'plain'), ' ', stranger(finding.reason, { escaped: true }), ' ', el('span', { class: 'muted' }, t.inMember(plain(finding.path))),
        el('div', { class: 'excerpt' }, stranger(finding.excerpt, { lines: true, escaped: true })))))) : null,
      item.changes.map(change),
      item.is_cut ? notice('warn', t.cut) : null,
      el('p', { class: 'muted small hash' }, t.hash(entry.current_hash)),
      el('div', { class: 'buttons' },
        el('button', { type: 'button', class: 'primary', on: { click: () => decide(item, true) } }, t.approve),
        el('button', { type: 'button', class: 'danger', on: { click: () => decide(item, false) } }, t.reject)),
    ];
  }

  // The decision carries the id of a review of just this definition, made now; what it shows must be what is on the screen.
  async function decide(item, approves) {
    const shown = item.entry.display_name;
    const note = el('input', { type: 'text', maxlength: 1000, autocomplete: 'off' });
    const given = await ask({
      heading: approves ? t.approveHeading : t.rejectHeading,
      content: [el('p', {}, approves ? t.approveText(shown) : t.rejectText(shown)), field(t.note, note, { wide: true })],
      submit: approves ? t.approveSubmit : t.rejectSubmit,
      kind: approves ? 'primary' : 'danger',
      read: () => ({ note: note.value.trim() }),
    });
    if (!given) {
      return;
    }

    try {
      const now = await get('trust/review', { target: shown });
      const same = now.items.length === 1 && now.total === 1 && now.items[0].entry.current_hash === item.entry.current_hash && now.items[0].entry.display_name === shown;
      if (!same) {
        tell('bad', t.changedMeanwhile(shown));
      } else {
        const { entries } = await post(approves ? 'trust/approve' : 'trust/reject', { review: now.id, ...(given.note ? { note: given.note } : {}) });
        tell(entries.length > 0 ? 'good' : 'info', entries.length === 0 ? t.nothingDecided : approves ? t.approved(shown) : t.rejected(shown));
      }
    } catch (fault) {
      tell('bad', fault.message);
    }

    await load();
  }

  function tell(kind, sentence) {
    replace(told, notice(kind, sentence));
    say(sentence);
    told.scrollIntoView({ block: 'nearest' });
  }
}

function change(part) {
  return el('div', { class: 'diff' },
    el('div', { class: 'diff-path' }, stranger(part.path, { escaped: true })),
    part.unified
      ? el('div', { class: 'diff-lines' }, part.unified.split('\n').map(text => diffLine(text[0], text.slice(1).replace(/^ /, ''))))
      : el('div', { class: 'diff-lines' },
        part.before === undefined ? null : part.before.split('\n').map(text => diffLine('-', text)),
        part.after === undefined ? null : part.after.split('\n').map(text => diffLine('+', text))));
}

function diffLine(sign, text) {
  const kind = sign === '-' ? 'gone' : sign === '+' ? 'come' : 'same';
  return el('div', { class: `diff-line ${kind}` },
    el('span', { class: 'sign', 'aria-hidden': 'true' }, kind === 'same' ? ' ' : sign),
    kind === 'same' ? null : el('span', { class: 'unseen' }, kind === 'gone' ? `${t.before}: ` : `${t.after}: `),
    stranger(text, { escaped: true }));
}

function line(record) {
  return {
    at: el('span', {}, new Date(record.at).toLocaleDateString('en', { month: 'short', day: 'numeric' }), ' ', clock(record.at)),
    action: badge(t.actions[record.action] ?? record.action, ACTIONS[record.action] ?? 'plain'),
    name: el('span', { class: 'name' }, stranger(record.display_name, { escaped: true })),
    by: record.by ? stranger(record.by) : el('span', { class: 'muted' }, t.optimizer),
    note: record.note ? stranger(record.note, { escaped: true }) : null,
  };
}
