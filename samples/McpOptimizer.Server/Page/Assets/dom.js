// Builds elements. Text is only ever text: nothing here, or anywhere in this page, parses markup.

import { texts, locale } from './texts.js';

// What has no shape of its own, or would change how what follows is read; blanks other than the space.
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0\uFE00-\uFE0F\u{E0100}-\u{E01EF}]|(?! )\p{Zs}/gu;
const KEPT = '\n\t';
const LONGEST = 20000;
const SVG = 'http://www.w3.org/2000/svg';

let ids = 0;

/** A new id for an element. */
export const newId = () => `e${++ids}`;

/** Builds an element. Members of `properties`: `class`, `on` (listeners by event), `data` (data-…), anything else is an attribute; null and false leave it out. */
export function el(name, properties = {}, ...children) {
  return fill(document.createElement(name), properties, children);
}

/** The same for drawings. */
export function svg(name, properties = {}, ...children) {
  return fill(document.createElementNS(SVG, name), properties, children);
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) {
      continue;
    }

    if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) {
        element.addEventListener(event, listener);
      }
    } else if (name === 'data') {
      for (const [key, text] of Object.entries(value)) {
        element.setAttribute(`data-${key}`, text);
      }
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }

  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** A stranger's text, with what cannot be seen made visible; on lines of their own if `lines`. Escapes that the optimizer wrote (`\u{200B}`) are marked alike. */
export function stranger(text, { lines = false, escaped = false, limit = LONGEST } = {}) {
  const whole = String(text ?? '');
  const shown = whole.length > limit ? `${whole.slice(0, limit)}…` : whole;
  const parts = [];
  let at = 0;
  const pattern = escaped ? new RegExp(`${HIDDEN.source}|\\\\u\\{([0-9A-F]{2,6})\\}`, 'gu') : HIDDEN;
  for (const match of shown.matchAll(pattern)) {
    if (lines && KEPT.includes(match[0])) {
      continue;
    }

    parts.push(shown.slice(at, match.index), mark(match[1] ?? match[0].codePointAt(0).toString(16).toUpperCase().padStart(4, '0')));
    at = match.index + match[0].length;
  }

  parts.push(shown.slice(at));
  return el('bdi', { class: 'stranger' }, parts.filter(part => part !== ''));
}

const mark = code => el('span', { class: 'hidden-mark', title: texts.hidden(code) }, `U+${code}`);

/** The same as plain text, for attributes and messages. */
export const plain = text => String(text ?? '').replace(HIDDEN, hit => `\\u{${hit.codePointAt(0).toString(16).toUpperCase()}}`);

/** A name of a server or tool. */
export const name = text => el('span', { class: 'name' }, stranger(text));

/** server/tool, which may break after the stroke. */
export const toolName = (server, tool) => el('span', { class: 'name' }, server ? [stranger(server), el('span', { class: 'stroke' }, '/'), el('wbr')] : null, stranger(tool));

/** A word in a coloured capsule; the word says what the colour says. */
export const badge = (text, kind = 'plain') => el('span', { class: `badge ${kind}` }, text);

/** A point in time: how long ago, and in full as its title. */
export function time(iso, now = Date.now()) {
  const date = new Date(iso);
  return el('time', { datetime: iso, title: date.toLocaleString(locale) }, texts.ago((now - date.getTime()) / 1000));
}

/** The clock time of a point in time. */
export const clock = iso => el('time', { datetime: iso, title: new Date(iso).toLocaleString(locale) }, new Date(iso).toLocaleTimeString(locale, { hour12: false }));

/** A labelled control with an optional hint. */
export function field(label, control, { hint = null, required = false, wide = false } = {}) {
  control.id ||= newId();
  const hintId = hint ? newId() : null;
  if (hintId) {
    control.setAttribute('aria-describedby', hintId);
  }

  return el('div', { class: wide ? 'field wide' : 'field' },
    el('label', { for: control.id }, label, required ? el('span', { class: 'required' }, ` ${texts.call.required}`) : null),
    control,
    hint ? el('div', { class: 'hint', id: hintId }, hint) : null);
}

/** A choice. `options` are pairs of value and text. */
export function select(options, selected) {
  return el('select', {}, options.map(([value, text]) => el('option', { value, selected: value === selected }, text)));
}

/** A table that becomes a list of cards where there is little room. Roles are named because a table shown otherwise loses them. */
export function table(caption, columns, rows) {
  const keys = Object.keys(columns);
  return el('table', { role: 'table', 'aria-label': caption },
    el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, keys.map(key => el('th', { role: 'columnheader', scope: 'col', class: `c-${key}` }, columns[key])))),
    el('tbody', { role: 'rowgroup' }, rows.map(row => el('tr', { role: 'row' },
      keys.map(key => el('td', { role: 'cell', class: `c-${key}${row[key] === null || row[key] === undefined || row[key] === '' ? ' vacant' : ''}`, data: { label: columns[key] } }, row[key] ?? ''))))));
}

/** Pretty JSON as text. */
export function json(value) {
  return el('pre', { class: 'json', tabindex: '0' }, el('code', {}, stranger(JSON.stringify(value, null, 2), { lines: true })));
}

/** A part that opens. `build` makes its content when it is opened for the first time. */
export function details(summary, build, { open = false } = {}) {
  const element = el('details', {}, el('summary', {}, summary));
  let built = false;
  const show = () => {
    if (element.open && !built) {
      built = true;
      element.append(...[build()].flat(Infinity).filter(Boolean));
    }
  };
  element.addEventListener('toggle', show);
  if (open) {
    element.open = true;
    show();
  }

  return element;
}

/** A box with a sentence. */
export const notice = (kind, ...content) => el('div', { class: `notice ${kind}`, role: kind === 'bad' ? 'alert' : null }, content);

/** Says a sentence to whoever cannot see the page. */
export function say(sentence) {
  document.getElementById('live').textContent = sentence;
}

/** Puts new content in place of the old; what had the focus, if it is there again, keeps it. */
export function replace(target, ...content) {
  const key = target.contains(document.activeElement) ? document.activeElement.getAttribute('data-key') : null;
  target.replaceChildren(...content.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  if (key) {
    [...target.querySelectorAll('[data-key]')].find(element => element.getAttribute('data-key') === key)?.focus();
  }
}

/** Asks a question in a dialog. Resolves with what `read` gives, or null. */
export function ask({ heading, content, submit, kind = 'primary', read = () => true }) {
  return new Promise(resolve => {
    const headingId = newId();
    let answer = null;
    const dialog = el('dialog', { 'aria-labelledby': headingId },
      el('form', { method: 'dialog', on: { submit: event => { event.preventDefault(); answer = read(); dialog.close(); } } },
        el('h2', { id: headingId }, heading),
        content,
        el('div', { class: 'buttons' },
          el('button', { type: 'submit', class: kind }, submit),
          el('button', { type: 'button', on: { click: () => dialog.close() } }, texts.cancel))));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
