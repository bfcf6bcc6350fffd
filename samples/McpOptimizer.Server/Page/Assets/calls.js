import { get } from './api.js';
import { badge, clock, details, el, notice, replace, stranger, table, toolName } from './dom.js';
import { follow } from './live.js';
import { texts } from './texts.js';

const t = texts.calls;
const EVERY = 2000;
const KEPT = 200;
const GOOD = ['succeeded', 'input_required'];

/** The last calls as they come. */
export function calls({ signal }) {
  let newest = 0;
  let kept = [];
  let paused = false;
  let first = true;
  const body = el('div', {}, el('p', { class: 'muted' }, texts.loading));
  const recording = el('p', { class: 'muted' });
  const pause = el('button', { type: 'button', 'aria-pressed': 'false', on: { click: () => {
    paused = !paused;
    pause.setAttribute('aria-pressed', String(paused));
    pause.textContent = paused ? t.resume : t.pause;
    lookNow();
  } } }, t.pause);
  const lookNow = follow(body, { kind: 'calls', every: EVERY, signal }, look);
  return [el('h1', { tabindex: '-1' }, t.heading), el('p', { class: 'muted' }, t.explanation(500)), recording, el('div', { class: 'buttons' }, pause), body];

  async function look() {
    if (paused) {
      return;
    }

    let answer = await get('calls', { after: newest, limit: KEPT }, signal);
    if (answer.newest < newest) {
      // Numbers begin anew when the optimizer does.
      kept = [];
      answer = await get('calls', { after: 0, limit: KEPT }, signal);
    }

    newest = answer.newest;
    recording.textContent = answer.records_arguments ? t.recorded : t.notRecorded;
    if (first || answer.calls.length > 0 || body.querySelector('.notice.bad')) {
      kept = answer.calls.concat(kept).slice(0, KEPT);
      replace(body, show(kept));
      first = false;
    }
  }
}

function show(list) {
  return list.length === 0 ? notice('info', t.empty) : el('div', { class: 'card' }, table(t.heading, t.columns, list.map(call => ({
    at: clock(call.at),
    name: [toolName(call.server, call.name ?? '?'), call.method === 'tools/call' ? null : el('div', { class: 'muted small' }, call.method),
      call.arguments ? details(t.arguments, () => el('pre', { class: 'json', tabindex: '0' }, stranger(call.arguments, { lines: true }))) : null],
    outcome: [badge(texts.call.statuses[call.status] ?? call.status, GOOD.includes(call.status) ? 'good' : 'bad'), call.is_cut ? [' ', badge(t.cut, 'warn')] : null],
    duration: texts.ms(call.duration_ms),
    size: `${texts.bytes(call.argument_bytes)} / ${texts.bytes(call.result_bytes)}`,
    caller: call.caller ? stranger(call.caller) : el('span', { class: 'muted' }, t.somebody),
  }))));
}
