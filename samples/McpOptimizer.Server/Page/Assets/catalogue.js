import { get } from './api.js';
import { callPanel } from './call.js';
import { badge, details, el, field, json, notice, plain, replace, select, stranger, name } from './dom.js';
import { texts } from './texts.js';

const t = texts.catalogue;
const PAGE = 100;
const TYPING = 250;

/** Every tool by server. */
export function catalogue({ parameters, signal }) {
  const contains = el('input', { type: 'search', autocomplete: 'off', maxlength: 400 });
  const server = select([['', t.all]], '');
  const wanted = parameters.get('server') ?? '';
  const list = el('div', {}, el('p', { class: 'muted' }, texts.loading));
  let turn = 0;
  let typing;
  contains.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(load, TYPING);
  });
  server.addEventListener('change', load);
  start();
  return [
    el('h1', { tabindex: '-1' }, t.heading),
    el('form', { class: 'card fields', role: 'search', on: { submit: event => { event.preventDefault(); load(); } } }, field(t.filter, contains), field(t.server, server)),
    list,
  ];

  async function start() {
    try {
      const { servers } = await get('overview', {}, signal);
      server.append(...servers.map(known => el('option', { value: known.name, selected: known.name === wanted }, plain(known.name))));
    } catch {
      // The list says what is wrong.
    }

    load();
  }

  async function load() {
    const mine = ++turn;
    try {
      const page = await ask(0);
      if (mine === turn) {
        show(page);
      }
    } catch (fault) {
      if (mine === turn && fault.name !== 'AbortError') {
        replace(list, notice('bad', fault.message));
      }
    }
  }

  function ask(offset) {
    return get('tools', { server: server.value, contains: contains.value, offset, limit: PAGE }, signal);
  }

  function show(page) {
    const groups = el('div', {});
    const more = el('button', { type: 'button', on: { click: next } }, texts.more);
    let following = page.next;
    replace(list,
      el('p', { class: 'summary' }, t.summary(page.total, page.tokens)),
      (page.withheld ?? []).length > 0 ? withheld(page.withheld) : null,
      page.total === 0 ? notice('info', t.empty) : groups,
      more);
    add(page);

    function add(part) {
      for (const [owner, tools] of Map.groupBy(part.tools, tool => tool.server)) {
        const last = groups.lastElementChild;
        if (last?.getAttribute('data-server') === owner) {
          last.querySelector('ul').append(...tools.map(row));
        } else {
          groups.append(el('section', { class: 'card', data: { server: owner } }, el('h2', {}, name(owner)), el('ul', { class: 'tools' }, tools.map(row))));
        }
      }

      following = part.next;
      more.hidden = following === undefined;
    }

    async function next() {
      more.disabled = true;
      try {
        add(await ask(following));
      } catch (fault) {
        groups.append(notice('bad', fault.message));
      } finally {
        more.disabled = false;
      }
    }
  }
}

function row(tool) {
  return el('li', {}, details(
    el('span', { class: 'tool-line' },
      name(tool.name),
      el('span', { class: 'badges' },
        tool.trust && tool.trust !== 'trusted' ? badge(texts.trust.states[tool.trust] ?? tool.trust, 'warn') : null,
        tool.read_only ? badge(texts.readOnly, 'good') : null,
        tool.destructive ? badge(texts.destructive, 'bad') : null),
      el('span', { class: 'muted' }, texts.tokens(tool.tokens)),
      el('span', { class: 'muted' }, used(tool.usage))),
    () => [
      tool.description ? el('p', {}, stranger(tool.description, { lines: true })) : el('p', { class: 'muted' }, t.noDescription),
      details(t.definition, () => definition(tool)),
      details(texts.find.call, () => callPanel(tool.server, tool.name)),
    ]));
}

const used = usage => (usage ? [t.found(usage.found), t.called(usage.called), usage.failed > 0 ? t.failed(usage.failed) : null].filter(Boolean).join(', ') : '');

function definition(tool) {
  const holder = el('div', {}, el('p', { class: 'muted' }, texts.loading));
  get('tool', { name: `${tool.server}/${tool.name}` }).then(found => replace(holder, json(found.definition)), fault => replace(holder, notice('bad', fault.message)));
  return holder;
}

function withheld(entries) {
  return notice('warn', el('strong', {}, t.withheld), ' ', t.withheldText, ' ', el('a', { href: '#/trust' }, t.decide),
    el('ul', {}, entries.map(entry => el('li', {}, stranger(entry.display_name, { escaped: true }), ' ', badge(texts.trust.states[entry.trust] ?? entry.trust, 'warn')))));
}
