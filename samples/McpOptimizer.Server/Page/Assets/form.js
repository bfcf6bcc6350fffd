// A form for an input schema. Whatever a schema says that has no control of its own is written as JSON.

import { el, field, select, plain, stranger, newId } from './dom.js';
import { texts } from './texts.js';

const DEEPEST = 4;
const MOST_FIELDS = 150;
const LONG_TEXT = /body|content|text|description|message|query|code|prompt|sql/i;

/** Arguments that cannot be sent: which one, and why. */
export class FormError extends Error {}

/** Builds the form of an object schema: `element`, and `read()` that gives the arguments or throws a FormError. With `prefill`, defaults are filled in. */
export function build(schema, { prefill = false } = {}) {
  const root = plainObject(schema);
  const budget = { left: MOST_FIELDS, prefill };
  const part = objectPart(root, root, budget, 0);
  return part ?? jsonPart(texts.call.arguments, root, true);
}

/** One box for all arguments as JSON. */
export function raw(value) {
  const part = jsonPart(texts.call.arguments, {}, true);
  part.control.value = JSON.stringify(value ?? {}, null, 2);
  return {
    element: part.element,
    read: () => {
      const given = part.read();
      if (given === null || typeof given !== 'object' || Array.isArray(given)) {
        throw new FormError(texts.call.notObject);
      }

      return given;
    },
  };
}

const plainObject = value => (value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {});

const own = (value, key) => (Object.hasOwn(value, key) ? value[key] : undefined);

// Local references and the non-null one of two alternatives; anything else stays as it is.
function resolve(schema, root, steps = 0) {
  const rules = plainObject(schema);
  const reference = own(rules, '$ref');
  if (typeof reference === 'string' && reference.startsWith('#/') && steps < 10) {
    let target = root;
    for (const part of reference.slice(2).split('/')) {
      target = own(plainObject(target), part.replaceAll('~1', '/').replaceAll('~0', '~'));
    }

    return resolve({ ...plainObject(target), ...Object.fromEntries(Object.entries(rules).filter(([key]) => key !== '$ref')) }, root, steps + 1);
  }

  for (const word of ['anyOf', 'oneOf']) {
    const choices = Array.isArray(own(rules, word)) ? rules[word].filter(choice => own(plainObject(choice), 'type') !== 'null') : [];
    if (choices.length === 1 && steps < 10) {
      return resolve({ ...rules, [word]: undefined, ...plainObject(choices[0]) }, root, steps + 1);
    }
  }

  return rules;
}

function typeOf(rules) {
  const type = own(rules, 'type');
  const types = (Array.isArray(type) ? type : [type]).filter(word => word !== 'null');
  return types.length === 1 ? types[0] : undefined;
}

// Null for a schema whose members are not told.
function objectPart(schema, root, budget, depth) {
  const properties = Object.entries(plainObject(own(schema, 'properties')));
  const required = Array.isArray(own(schema, 'required')) ? schema.required : [];
  if (properties.length > budget.left || depth >= DEEPEST) {
    return null;
  }

  if (properties.length === 0) {
    return depth > 0 ? null : own(schema, 'additionalProperties') === false || own(schema, 'properties') !== undefined || typeOf(schema) === 'object'
      ? { element: el('p', { class: 'muted' }, texts.call.noArguments), read: () => ({}) }
      : null;
  }

  budget.left -= properties.length;
  const parts = properties.map(([name, rules]) => [name, valuePart(name, resolve(rules, root), root, budget, depth, required.includes(name))]);
  return {
    element: el('div', { class: 'fields' }, parts.map(([, part]) => part.element)),
    read: () => {
      // Without a prototype, so that a parameter may have any name.
      const values = Object.create(null);
      for (const [name, part] of parts) {
        const value = part.read();
        if (value !== undefined) {
          values[name] = value;
        }
      }

      return values;
    },
  };
}

function valuePart(name, rules, root, budget, depth, required) {
  const hint = typeof own(rules, 'description') === 'string' ? stranger(rules.description, { lines: true }) : null;
  const label = stranger(name);
  const options = { hint, required };
  const choices = choicesOf(rules);
  if (choices.length > 0 && choices.length <= 200 && choices.every(([choice]) => ['string', 'number', 'boolean'].includes(typeof choice))) {
    const chosen = budget.prefill ? choices.findIndex(([choice]) => choice === own(rules, 'default')) : -1;
    const control = select([['', texts.call.unset], ...choices.map(([, shown], at) => [String(at), plain(shown)])], chosen < 0 ? '' : String(chosen));
    return { element: field(label, control, options), read: () => (control.value === '' ? undefined : choices[Number(control.value)][0]) };
  }

  switch (typeOf(rules)) {
    case 'string': {
      const long = LONG_TEXT.test(name) && own(rules, 'format') === undefined;
      const control = long ? el('textarea', { rows: 2 }) : el('input', { type: 'text', autocomplete: 'off', spellcheck: 'false' });
      showDefault(control, rules, budget.prefill);

      // An empty text is an argument only where one is required: a form cannot tell it from none.
      return { element: field(label, control, { ...options, wide: long }), read: () => (control.value === '' && !required ? undefined : control.value) };
    }

    case 'integer':
    case 'number': {
      const control = el('input', { type: 'text', inputmode: 'decimal', autocomplete: 'off' });
      showDefault(control, rules, budget.prefill);
      return {
        element: field(label, control, options),
        read: () => {
          const text = control.value.trim();
          if (text !== '' && !Number.isFinite(Number(text))) {
            control.focus();
            throw new FormError(texts.call.badNumber(plain(name)));
          }

          return text === '' ? undefined : Number(text);
        },
      };
    }

    case 'boolean': {
      const control = select([['', texts.call.unset], ['true', texts.yes], ['false', texts.no]], budget.prefill ? String(own(rules, 'default') ?? '') : '');
      return { element: field(label, control, options), read: () => (control.value === '' ? undefined : control.value === 'true') };
    }

    case 'array': {
      const items = typeOf(resolve(own(rules, 'items'), root));
      if (['string', 'integer', 'number'].includes(items)) {
        const control = el('textarea', { rows: 2, spellcheck: 'false' });
        return {
          element: field([label, el('span', { class: 'muted' }, ` (${texts.call.lines})`)], control, { ...options, wide: true }),
          read: () => {
            const lines = control.value.split('\n').filter(line => line !== '');
            if (items !== 'string' && lines.some(line => !Number.isFinite(Number(line)))) {
              control.focus();
              throw new FormError(texts.call.badNumber(plain(name)));
            }

            return lines.length === 0 && !required ? undefined : items === 'string' ? lines : lines.map(Number);
          },
        };
      }

      return jsonPart(label, rules, required, hint, name);
    }

    case 'object': {
      const inner = objectPart(rules, root, budget, depth + 1);
      if (inner === null) {
        return jsonPart(label, rules, required, hint, name);
      }

      return {
        element: el('fieldset', {}, el('legend', {}, label, required ? el('span', { class: 'required' }, ` ${texts.call.required}`) : null), hint ? el('div', { class: 'hint' }, hint) : null, inner.element),
        read: () => {
          const value = inner.read();
          return Object.keys(value).length === 0 && !required ? undefined : value;
        },
      };
    }

    default:
      return jsonPart(label, rules, required, hint, name);
  }
}

function showDefault(control, rules, prefill) {
  const value = own(rules, 'default');
  if (!['string', 'number'].includes(typeof value) || String(value).length > 200) {
    return;
  }

  if (prefill) {
    control.value = String(value);
  } else {
    control.setAttribute('placeholder', plain(value));
  }
}

// Pairs of value and text: of an enumeration, with names beside it or not, or of alternatives that are one value each.
function choicesOf(rules) {
  const values = own(rules, 'enum') ?? (own(rules, 'const') !== undefined ? [rules.const] : undefined);
  if (Array.isArray(values)) {
    const names = Array.isArray(own(rules, 'enumNames')) ? rules.enumNames : [];
    return values.map((value, at) => [value, names[at] ?? value]);
  }

  const alternatives = own(rules, 'oneOf') ?? own(rules, 'anyOf');
  return Array.isArray(alternatives) && alternatives.every(choice => own(plainObject(choice), 'const') !== undefined)
    ? alternatives.map(choice => [choice.const, own(choice, 'title') ?? choice.const])
    : [];
}

function jsonPart(label, rules, required, hint = null, name = texts.call.arguments) {
  const control = el('textarea', { rows: 3, spellcheck: 'false', class: 'code', id: newId() });
  return {
    control,
    element: field([label, el('span', { class: 'muted' }, ` (${texts.call.json})`)], control, { hint, required, wide: true }),
    read: () => {
      if (control.value.trim() === '') {
        return undefined;
      }

      try {
        return JSON.parse(control.value);
      } catch (fault) {
        control.focus();
        throw new FormError(texts.call.badJson(plain(name), fault.message));
      }
    },
  };
}
