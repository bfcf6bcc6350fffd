import { get } from './api.js';
import { badge, details, el, field, name, notice, replace, stranger, table } from './dom.js';
import { texts } from './texts.js';

const t = texts.settings;

/** What is in force, and the profiles. */
export function settings({ signal }) {
  const filter = el('input', { type: 'search', autocomplete: 'off' });
  const only = el('input', { type: 'checkbox' });
  const list = el('div', {}, el('p', { class: 'muted' }, texts.loading));
  const profiles = el('div', {}, el('p', { class: 'muted' }, texts.loading));
  let all = [];
  filter.addEventListener('input', show);
  only.addEventListener('change', show);
  load();
  return [
    el('h1', { tabindex: '-1' }, t.heading),
    el('section', {}, el('h2', {}, t.profiles), el('p', { class: 'muted' }, t.profilesText), profiles),
    el('section', { class: 'card' },
      el('h2', {}, t.inForce),
      el('p', { class: 'muted' }, t.explanation),
      el('form', { class: 'fields', role: 'search', on: { submit: event => event.preventDefault() } }, field(t.filter, filter), el('div', { class: 'field check' }, el('label', {}, only, ` ${t.onlySet}`))),
      list),
  ];

  async function load() {
    await Promise.all([
      get('settings', {}, signal).then(answer => {
        all = answer.settings;
        show();
      }, fault => refuse(list, fault)),
      get('profiles', {}, signal).then(answer => replace(profiles, describe(answer)), fault => refuse(profiles, fault)),
    ]);
  }

  function show() {
    const wanted = filter.value.toLowerCase();
    const shown = all.filter(setting => (!only.checked || setting.source !== 'default') && `${setting.key} ${setting.value ?? ''}`.toLowerCase().includes(wanted));
    replace(list, el('p', { class: 'muted' }, t.summary(shown.length)), shown.length === 0 ? notice('info', t.empty) : table(t.inForce, t.columns, shown.map(setting => ({
      key: el('span', { class: 'name' }, setting.key.split(':').map((part, at) => [at > 0 ? [':', el('wbr')] : null, stranger(part)])),
      value: setting.is_secret ? el('span', { class: 'muted' }, t.secret) : setting.value === undefined ? el('span', { class: 'muted' }, t.unset) : el('span', { class: 'value' }, stranger(setting.value)),
      source: setting.source === 'default' ? el('span', { class: 'muted' }, setting.source) : badge(setting.source, 'info'),
    }))));
  }
}

function refuse(target, fault) {
  if (fault.name !== 'AbortError') {
    replace(target, notice('bad', fault.message));
  }
}

function describe(answer) {
  const everything = answer.everything;
  return el('div', { class: 'profiles' },
    el('div', { class: 'card' }, el('h3', {}, t.everything), el('p', {}, t.sees(everything.tools, everything.servers.length, everything.tokens))),
    answer.profiles.length === 0 ? el('p', { class: 'muted' }, t.noProfiles) : answer.profiles.map(profile => el('div', { class: 'card' },
      el('h3', {}, name(profile.name), ' ', profile.is_default ? badge(t.isDefault, 'info') : null),
      el('p', {}, t.sees(profile.sees.tools, profile.sees.servers.length, profile.sees.tokens)),
      rules(profile),
      profile.sees.first_tools.length > 0 ? details(t.firstTools, () => el('ul', { class: 'names', tabindex: '0', 'aria-label': t.firstTools }, profile.sees.first_tools.map(tool => el('li', {}, name(tool))))) : null)));
}

function rules(profile) {
  const given = Object.entries(t.rules).map(([key, label]) => [label, valueOf(profile[key])]).filter(([, value]) => value !== null);
  return given.length === 0 ? el('p', { class: 'muted' }, t.noRules) : el('dl', {}, given.map(([label, value]) => [el('dt', {}, label), el('dd', {}, stranger(value))]));
}

const valueOf = value => (Array.isArray(value) ? (value.length > 0 ? value.join(', ') : null) : value === true ? texts.yes : value === false || value === undefined ? null : String(value));
