// Calls a tool from a form.

import { get, post, ApiError } from './api.js';
import { ask, badge, details, el, json, notice, plain, replace, say, stranger } from './dom.js';
import { build, raw, FormError } from './form.js';
import { texts } from './texts.js';

const GOOD = 'succeeded';

/** A panel that calls one tool; asks before it calls one that does not say that it changes nothing. */
export function callPanel(server, tool, profile = null) {
  const panel = el('section', { class: 'call', 'aria-label': texts.call.heading(plain(`${server}/${tool}`)) }, el('p', { class: 'muted' }, texts.loading));
  load();
  return panel;

  async function load() {
    try {
      const described = await get('tool', { name: `${server}/${tool}`, profile });
      show(described);
    } catch (fault) {
      replace(panel, notice('bad', fault.message));
    }
  }

  function show(described) {
    const schema = described.definition?.inputSchema;
    const holder = el('div', {});
    const outcome = el('div', { class: 'outcome', 'aria-live': 'polite' });
    let form = build(schema);
    let isRaw = false;
    const toggle = el('button', { type: 'button', class: 'quiet', on: { click: switchKind } }, texts.call.raw);
    const submit = el('button', { type: 'submit', class: 'primary' }, texts.call.submit);
    const whole = el('form', { on: { submit: event => { event.preventDefault(); call(); } } }, holder, el('div', { class: 'buttons' }, submit, toggle));
    replace(holder, form.element);
    replace(panel, whole, outcome);

    function switchKind() {
      if (isRaw) {
        form = build(schema);
      } else {
        let given = {};
        try {
          given = form.read() ?? {};
        } catch {
          // What cannot be read is written anew.
        }

        form = raw(given);
      }

      isRaw = !isRaw;
      toggle.textContent = isRaw ? texts.call.form : texts.call.raw;
      replace(holder, form.element);
      holder.querySelector('textarea, input, select')?.focus();
    }

    async function call() {
      let given;
      try {
        given = form.read() ?? {};
      } catch (fault) {
        if (!(fault instanceof FormError)) {
          throw fault;
        }

        replace(outcome, notice('bad', fault.message));
        return;
      }

      replace(outcome);
      const shown = plain(`${server}/${tool}`);
      if (!described.read_only && !await ask({
        heading: texts.call.confirmHeading,
        content: [el('p', {}, texts.call.confirm(shown)), json(given)],
        submit: texts.call.confirmSubmit,
        kind: 'danger',
      })) {
        return;
      }

      submit.disabled = true;
      replace(outcome, el('p', { class: 'muted' }, texts.call.running));
      try {
        const answer = await post('call', { server, tool, arguments: given, ...(profile ? { profile } : {}) });
        replace(outcome, result(answer));
        say(`${shown}: ${texts.call.statuses[answer.status] ?? answer.status}`);
      } catch (fault) {
        if (!(fault instanceof ApiError)) {
          throw fault;
        }

        replace(outcome, notice('bad', fault.message));
      } finally {
        submit.disabled = false;
      }
    }
  }
}

function result(answer) {
  const blocks = Array.isArray(answer.result?.content) ? answer.result.content : [];
  return [
    el('p', {}, badge(texts.call.statuses[answer.status] ?? answer.status, answer.status === GOOD ? 'good' : 'bad'), ' ', el('span', { class: 'muted' }, texts.call.took(texts.ms(answer.duration_ms)))),
    answer.is_cut ? notice('warn', texts.call.cut) : null,
    blocks.map(block => (typeof block?.text === 'string'
      ? el('pre', { class: 'answer', tabindex: '0' }, stranger(block.text, { lines: true }))
      : el('p', { class: 'muted' }, texts.call.media(plain(block?.mimeType ?? block?.type ?? '?'), texts.bytes(String(block?.data ?? '').length))))),
    details(texts.call.whole, () => json(answer.result)),
  ];
}
