import { get } from './api.js';
import { callPanel } from './call.js';
import { badge, details, el, field, json, notice, plain, replace, say, select, stranger, toolName } from './dom.js';
import { texts } from './texts.js';

const t = texts.find;

/** Searches as a model does, and says why. */
export function find({ caller, parameters }) {
  const need = el('input', { type: 'search', autocomplete: 'off', placeholder: t.example, value: parameters.get('need') ?? '', maxlength: 4000 });
  const keywords = el('input', { type: 'text', autocomplete: 'off', maxlength: 1000 });
  const limit = el('input', { type: 'number', min: 1, max: 50, value: 8 });
  const shown = select(Object.entries(t.shownChoices), 'full');
  const budget = el('input', { type: 'number', min: 100, max: 1000000, value: 1000 });
  const profile = select([['', t.noProfile]], '');
  const budgetField = field(t.budget, budget);
  budgetField.hidden = true;
  shown.addEventListener('change', () => { budgetField.hidden = shown.value !== 'budget'; });
  const profileField = field(t.profile, profile);
  profileField.hidden = true;
  const results = el('div', { class: 'results' });
  const submit = el('button', { type: 'submit', class: 'primary' }, t.submit);
  if (caller.is_admin) {
    offerProfiles(profile, profileField);
  }

  if (need.value) {
    search();
  }

  return [
    el('h1', { tabindex: '-1' }, t.heading),
    el('p', { class: 'muted' }, t.explanation),
    el('form', { class: 'card', role: 'search', on: { submit: event => { event.preventDefault(); search(); } } },
      field(t.need, need, { wide: true }),
      el('div', { class: 'fields' }, field(t.keywords, keywords), field(t.limit, limit), field(t.shown, shown), budgetField, profileField),
      el('div', { class: 'buttons' }, submit)),
    results,
  ];

  async function search() {
    if (need.value.trim() === '') {
      need.focus();
      return;
    }

    const query = { need: need.value, keywords: keywords.value, limit: limit.value, profile: profile.value };
    submit.disabled = true;
    try {
      const found = await get('find', { ...query, ...(shown.value === 'budget' ? { token_budget: budget.value } : { detail: shown.value }) });
      replace(results, show(found, query));
      say(t.summary(found.hits.length, Math.round(100 * found.confidence)));
    } catch (fault) {
      replace(results, notice('bad', fault.message));
    } finally {
      submit.disabled = false;
    }
  }
}

async function offerProfiles(control, holder) {
  try {
    const { profiles } = await get('profiles');
    control.append(...profiles.map(profile => el('option', { value: profile.name }, plain(profile.name))));
    holder.hidden = profiles.length === 0;
  } catch {
    // Then there is no choice.
  }
}

function show(found, query) {
  const metrics = found.token_metrics;
  return [
    el('p', { class: 'summary' },
      el('strong', {}, t.summary(found.hits.length, Math.round(100 * found.confidence))), ' · ',
      t.cost(metrics.returned_tokens, metrics.baseline_tokens, Math.round(metrics.savings_percent))),
    found.by_words_alone ? notice('warn', t.byWords) : null,
    found.hits.length === 0 ? notice('warn', t.nothing) : found.nothing_fits ? notice('warn', t.doubtful) : null,
    found.is_pending ? notice('info', t.pending) : null,
    found.withheld_better ? notice('warn', t.withheld(plain(found.withheld_better))) : null,
    found.left_out > 0 ? notice('info', t.leftOut(found.left_out)) : null,
    el('ol', { class: 'hits' }, found.hits.map(hit => el('li', { class: 'card hit' }, describe(hit, query.profile)))),
    el('div', { class: 'card' }, details(t.model, () => [el('p', { class: 'muted' }, t.modelCost(found.answer_tokens)), json(found.answer)])),
    absent(query),
  ];
}

function describe(hit, profile) {
  return [
    el('div', { class: 'hit-head' },
      el('h2', {}, toolName(hit.server, hit.name)),
      el('span', { class: 'muted' }, t.score(hit.score)),
      badge(hit.read_only ? texts.readOnly : texts.changes, hit.read_only ? 'good' : 'plain'),
      el('span', { class: 'muted' }, texts.tokens(hit.tokens))),
    hit.purpose ? el('p', {}, stranger(hit.purpose)) : null,
    el('p', { class: 'signature' }, stranger(hit.signature)),
    hit.explanation ? details(t.why, () => why(hit.explanation)) : null,
    details(t.call, () => callPanel(hit.server, hit.name, profile)),
  ];
}

function why(explanation) {
  return el('ul', { class: 'why' },
    el('li', {}, explanation.lexical_rank ? t.byLexical(explanation.lexical_rank, explanation.lexical_score) : t.noLexical),
    el('li', {}, explanation.semantic_rank ? t.bySemantic(explanation.semantic_rank, explanation.semantic_score) : t.noSemantic),
    el('li', {}, t.weight(Math.round(100 * explanation.semantic_weight))),
    explanation.matched_terms.length > 0 ? el('li', {}, `${t.matched}: `, el('ul', {}, explanation.matched_terms.map(term => el('li', {}, stranger(term))))) : null);
}

// Why another tool is not there.
function absent(query) {
  const tool = el('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', placeholder: t.absentExample, maxlength: 400 });
  const answer = el('div', { 'aria-live': 'polite' });
  return el('section', { class: 'card' },
    el('h2', {}, t.absentHeading),
    el('form', { class: 'line', on: { submit: event => { event.preventDefault(); explain(); } } }, field(t.absentLabel, tool), el('button', { type: 'submit' }, t.absentSubmit)),
    answer);

  async function explain() {
    if (tool.value.trim() === '') {
      tool.focus();
      return;
    }

    try {
      const { tool: placement } = await get('explain', { ...query, tool: tool.value.trim() });
      replace(answer, el('p', {}, badge(t.placements[placement.placement] ?? placement.placement, placement.placement === 'found' ? 'good' : 'warn'), ' ', stranger(placement.reason)),
        placement.ahead ? [el('p', { class: 'muted' }, t.ahead), el('ol', {}, placement.ahead.map(hit => el('li', {}, stranger(hit.tool), ' ', el('span', { class: 'muted' }, t.score(hit.score)))))] : null);
    } catch (fault) {
      replace(answer, notice('bad', fault.message));
    }
  }
}
