// Calls a tool from a form.

import { get, post, ApiError } from './api.js';
import { ask, badge, details, el, json, notice, plain, replace, say, stranger } from './dom.js';
import { build, raw, FormError } from './form.js';
import { texts } from './texts.js';

const GOOD = 'succeeded';
const ASKS = 'input_required';

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
        await send({ arguments: given });
      } finally {
        submit.disabled = false;
      }
    }

    async function send(more) {
      try {
        const answer = await post('call', { server, tool, can_answer: true, ...more, ...(profile ? { profile } : {}) });
        const asks = answer.status === ASKS && answer.state;
        replace(outcome, asks ? questions(server, answer, answers => {
          replace(outcome, el('p', { class: 'muted' }, texts.call.running));
          return send({ state: answer.state, answers });
        }) : result(answer));
        say(`${plain(`${server}/${tool}`)}: ${texts.call.statuses[answer.status] ?? answer.status}`);
        if (asks) {
          outcome.querySelector('input, select, textarea, button')?.focus();
        }
      } catch (fault) {
        if (!(fault instanceof ApiError)) {
          throw fault;
        }

        replace(outcome, notice('bad', fault.message));
      }
    }
  }
}

// What a server asks the person in the middle of a call. Nothing is sent before somebody chose to.
function questions(server, answer, send) {
  const asked = Object.entries(answer.questions ?? {}).map(([key, question]) => ({ key, ...question.params, form: question.params?.requestedSchema ? build(question.params.requestedSchema, { prefill: true }) : null }));
  const told = el('div', {});
  const all = result => send(Object.fromEntries(asked.map(question => [question.key, result(question)])));
  return el('form', { class: 'card question', on: { submit: event => { event.preventDefault(); accept(); } } },
    el('h3', {}, texts.call.asks(plain(server))),
    asked.map(question => el('div', { class: 'asked' },
      el('p', {}, stranger(question.message, { lines: true })),
      question.url ? address(question.url) : null,
      question.form?.element)),
    el('p', { class: 'muted small' }, texts.call.asksHint(plain(server))),
    told,
    el('div', { class: 'buttons' },
      el('button', { type: 'submit', class: 'primary' }, texts.call.answer),
      el('button', { type: 'button', on: { click: () => all(() => ({ action: 'decline' })) } }, texts.call.decline),
      el('button', { type: 'button', class: 'quiet', on: { click: () => all(() => ({ action: 'cancel' })) } }, texts.call.giveUp)));

  function accept() {
    try {
      const contents = asked.map(question => [question.key, question.form ? whole(question) : null]);
      send(Object.fromEntries(contents.map(([key, content]) => [key, content === null ? { action: 'accept' } : { action: 'accept', content }])));
    } catch (fault) {
      if (!(fault instanceof FormError)) {
        throw fault;
      }

      replace(told, notice('bad', fault.message));
    }
  }
}

function whole(question) {
  const values = question.form.read() ?? {};
  const required = Array.isArray(question.requestedSchema.required) ? question.requestedSchema.required : [];
  const missing = required.find(name => values[name] === undefined || values[name] === '');
  if (missing !== undefined) {
    throw new FormError(texts.call.missing(plain(missing)));
  }

  return values;
}

// Shown whole before anybody follows it; only what a browser opens as a page.
function address(text) {
  const shown = el('p', { class: 'name' }, stranger(text));
  const url = URL.canParse(text) ? new URL(text) : null;
  return ['https:', 'http:'].includes(url?.protocol)
    ? [shown, el('p', {}, el('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer' }, texts.call.open(url.host)))]
    : shown;
}

// The text of a cut result, part by part.
function rest(handle) {
  const parts = el('div', {});
  const place = el('p', { class: 'muted', 'aria-live': 'polite' });
  const more = el('button', { type: 'button', on: { click: read } }, texts.call.readWhole);
  let next = 0;
  return el('div', { class: 'rest' }, parts, place, el('div', { class: 'buttons' }, more));

  async function read() {
    more.disabled = true;
    try {
      const part = await get('result', { handle, offset: next });
      parts.append(el('pre', { class: 'answer', tabindex: '0' }, stranger(part.text, { lines: true, limit: Infinity })));
      place.textContent = texts.call.place(part.offset + part.text.length, part.total);
      next = part.next;
      more.textContent = texts.call.readOn;
      more.hidden = next === undefined;
    } catch (fault) {
      if (!(fault instanceof ApiError)) {
        throw fault;
      }

      replace(place, notice('bad', fault.message));
    } finally {
      more.disabled = false;
    }
  }
}

function result(answer) {
  const blocks = Array.isArray(answer.result?.content) ? answer.result.content : [];
  return [
    el('p', {}, badge(texts.call.statuses[answer.status] ?? answer.status, answer.status === GOOD ? 'good' : 'bad'), ' ', el('span', { class: 'muted' }, texts.call.took(texts.ms(answer.duration_ms)))),
    answer.is_cut ? notice('warn', answer.result_handle ? texts.call.cutKept : texts.call.cut) : null,
    blocks.map(block => (typeof block?.text === 'string'
      ? el('pre', { class: 'answer', tabindex: '0' }, stranger(block.text, { lines: true }))
      : el('p', { class: 'muted' }, texts.call.media(plain(block?.mimeType ?? block?.type ?? '?'), texts.bytes(String(block?.data ?? '').length))))),
    answer.result_handle ? rest(answer.result_handle) : null,
    details(texts.call.whole, () => json(answer.result)),
  ];
}
