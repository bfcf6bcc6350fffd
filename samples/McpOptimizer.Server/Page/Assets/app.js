// The frame: who is there, which page, and what is told to people who cannot see it.

import { get, session } from './api.js';
import { el, field, notice, replace, stranger } from './dom.js';
import { texts } from './texts.js';
import { overview } from './overview.js';
import { find } from './find.js';
import { catalogue } from './catalogue.js';
import { doctor } from './doctor.js';
import { trust } from './trust.js';
import { calls } from './calls.js';
import { settings } from './settings.js';

const PAGES = { overview, find, catalogue, doctor, trust, calls, settings };
const FOR_ADMINISTRATORS = ['trust', 'settings'];
const TOKEN = /^[\x21-\x7e]+$/;

const main = document.getElementById('main');
const bar = document.getElementById('bar');
const skip = document.getElementById('skip');

let caller = null;
let leaving = null;

skip.textContent = texts.skip;
skip.addEventListener('click', event => {
  event.preventDefault();
  main.focus();
});
session.onRefused = error => {
  const known = caller !== null;
  session.token = null;
  caller = null;
  signIn(known ? error.message : null);
};
window.addEventListener('hashchange', () => show(true));
start();

async function start() {
  if (!session.token) {
    signIn();
    return;
  }

  try {
    caller = await get('caller');
    show(false);
  } catch (fault) {
    if (fault.status !== 401) {
      replace(main, notice('bad', fault.message), el('button', { type: 'button', on: { click: start } }, texts.again));
    }
  }
}

function signIn(why = null) {
  leaving?.abort();
  const token = el('input', { type: 'password', autocomplete: 'off', spellcheck: 'false', required: true });
  const told = el('div', {}, why ? notice('bad', why) : null);
  replace(bar, el('span', { class: 'brand' }, texts.title));
  document.title = texts.title;
  replace(main, el('form', { class: 'card sign-in', on: { submit: event => { event.preventDefault(); open(); } } },
    el('h1', { tabindex: '-1' }, texts.signIn.heading),
    el('p', {}, texts.signIn.explanation),
    told,
    field(texts.signIn.label, token, { wide: true, hint: [texts.signIn.hint, ' ', el('code', {}, texts.signIn.command)] }),
    el('div', { class: 'buttons' }, el('button', { type: 'submit', class: 'primary' }, texts.signIn.submit))));
  token.focus();

  async function open() {
    const given = token.value.trim();
    if (!TOKEN.test(given)) {
      replace(told, notice('bad', texts.signIn.refused));
      return;
    }

    session.token = given;
    try {
      caller = await get('caller');
      show(true);
    } catch (fault) {
      // A refusal has shown the form again.
      session.token = null;
      if (fault.status === 401) {
        signIn(texts.signIn.refused);
      } else {
        replace(told, notice('bad', fault.message));
      }
    }
  }
}

function show(moves) {
  if (caller === null) {
    return;
  }

  leaving?.abort();
  leaving = new AbortController();
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const key = Object.hasOwn(PAGES, path) && isOpen(path) ? path : 'overview';
  drawBar(key);
  document.title = `${texts.pages[key]} · ${texts.title}`;
  replace(main, PAGES[key]({ caller, parameters: new URLSearchParams(query ?? ''), signal: leaving.signal }));
  if (moves) {
    main.querySelector('h1')?.focus();
    window.scrollTo(0, 0);
  }
}

const isOpen = key => caller.is_admin || !FOR_ADMINISTRATORS.includes(key);

function drawBar(key) {
  replace(bar,
    el('span', { class: 'brand' }, texts.title),
    el('nav', { 'aria-label': texts.navigation }, el('ul', {}, Object.keys(PAGES).filter(isOpen).map(page =>
      el('li', {}, el('a', { href: `#/${page}`, 'aria-current': page === key ? 'page' : null, data: { key: `nav ${page}` } }, texts.pages[page]))))),
    el('div', { class: 'who' },
      el('span', { class: 'muted' }, caller.subject ? stranger(caller.subject) : texts.signIn.local),
      el('button', { type: 'button', class: 'quiet', data: { key: 'sign out' }, on: { click: () => { session.token = null; caller = null; signIn(); } } }, texts.signIn.signOut)));
}
