// Block Kit as elements: https://docs.slack.dev/reference/block-kit
import { h } from '/page/dom.js';
import { textOf, emoji } from '/page/mrkdwn.js';

/**
 * context: {names, people, errors, act(element, value)}. What people enter is kept in the form's own controls, named by
 * action id; see {@link values}.
 */
export function blocks(list, context) {
  return list.map(block => (KINDS[block.type] || unknown)(block, context));
}

const KINDS = {
  section: (block, context) => h('div.section', { data: { block: block.block_id } },
    h('div.section-text',
      block.text && h('p', textOf(block.text, context.names)),
      block.fields && h('div.fields', block.fields.map(field => h('p', textOf(field, context.names))))),
    block.accessory && h('div.accessory', element(block.accessory, block, context))),
  header: (block, context) => h('h3', textOf(block.text, context.names)),
  divider: () => h('hr'),
  context: (block, context) => h('div.context', block.elements.map(item =>
    item.type === 'image' ? image(item) : h('span', textOf(item, context.names)))),
  actions: (block, context) => h('div.actions', { data: { block: block.block_id } },
    block.elements.map(item => element(item, block, context))),
  input: (block, context) => input(block, context),
  image: block => image(block),
  markdown: (block, context) => h('p', textOf({ type: 'mrkdwn', text: block.text.replace(/\*\*/g, '*') }, context.names)),
  rich_text: block => h('p', flat(block)),
};

function unknown(block) {
  return h('p.note', '[' + block.type + ' block]');
}

function flat(node) {
  return node.text && typeof node.text === 'string' ? node.text : (node.elements || []).map(flat).join('');
}

function image(item) {
  return h('span.image', { title: item.image_url }, '▢ ' + (item.alt_text || 'image'));
}

function input(block, context) {
  const id = 'i-' + block.block_id;
  const error = context.errors && context.errors[block.block_id];
  const control = element(block.element, block, context, id);
  const field = control.control || control;
  if (!block.optional) markRequired(field);
  if (error) field.setAttribute('aria-invalid', 'true');
  if (error || block.hint) field.setAttribute('aria-describedby', id + '-said');
  return h('div.input', { data: { block: block.block_id } },
    h('label', { for: id }, textOf(block.label, context.names), block.optional && h('span.optional', ' (optional)')),
    control,
    (error || block.hint) && h(error ? 'p.error' : 'p.hint', { id: id + '-said' }, error ? emoji(error) : textOf(block.hint, context.names)));
}

function markRequired(control) {
  if (control.matches('fieldset')) control.querySelectorAll('input[type=radio]').forEach(radio => { radio.required = true; });
  else control.required = true;
}

function element(item, block, context, id) {
  return (ELEMENTS[item.type] || (() => h('span.note', '[' + item.type + ']')))(item, block, context, id);
}

const ELEMENTS = {
  button: (item, block, context) => {
    const label = textOf(item.text, context.names);
    const style = 'button.kit' + (item.style ? '.' + item.style : '');
    return h(style, { type: 'button', 'aria-label': item.accessibility_label, data: { action: item.action_id },
      onclick: event => { if (item.url) window.open(item.url, '_blank', 'noreferrer'); context.act(item, null, event.currentTarget); } }, label);
  },
  image: item => image(item),
  static_select: (item, block, context, id) => select(item, block, context, id, groups(item)),
  external_select: (item, block, context, id) => search(item, block, context, id),
  users_select: (item, block, context, id) => select(item, block, context, id, [{ options: people(context) }]),
  overflow: (item, block, context, id) => select({ ...item, placeholder: { type: 'plain_text', text: '⋯' } }, block, context, id, groups(item)),
  multi_static_select: (item, block, context, id) => choices(item, context, id, 'checkbox'),
  checkboxes: (item, block, context, id) => choices(item, context, id, 'checkbox'),
  radio_buttons: (item, block, context, id) => choices(item, context, id, 'radio'),
  plain_text_input: (item, block, context, id) => {
    const entered = { id, name: item.action_id, maxlength: item.max_length, minlength: item.min_length,
      placeholder: item.placeholder && item.placeholder.text, dir: 'auto' };
    const control = item.multiline ? h('textarea', { ...entered, rows: 3 }) : h('input', { ...entered, type: 'text' });
    control.value = item.initial_value || '';
    return control;
  },
  number_input: (item, block, context, id) => h('input', { id, name: item.action_id, type: 'number', step: item.is_decimal_allowed ? 'any' : 1, value: item.initial_value }),
  datepicker: (item, block, context, id) => h('input', { id, name: item.action_id, type: 'date', value: item.initial_date }),
  datetimepicker: (item, block, context, id) => {
    const seconds = h('input', { type: 'hidden', name: item.action_id, value: item.initial_date_time || '' });
    const shown = h('input', { id, type: 'datetime-local', onchange: () => {
      seconds.value = shown.value ? Math.floor(new Date(shown.value).getTime() / 1000) : '';
    } });
    return h('span', shown, seconds);
  },
  timepicker: (item, block, context, id) => h('input', { id, name: item.action_id, type: 'time', value: item.initial_time }),
};

const groups = item => item.option_groups || [{ options: item.options || [] }];

const people = context => context.people.map(user => ({ value: user.id, text: { type: 'plain_text', text: user.name } }));

function select(item, block, context, id, all) {
  const initial = item.initial_option ? item.initial_option.value : item.initial_user;
  const control = h('select', { id, name: item.action_id, 'aria-label': id ? null : plain(item.placeholder) || 'Choose', data: { action: item.action_id } },
    h('option', { value: '' }, plain(item.placeholder) || 'Choose…'),
    all.map(group => group.label ? h('optgroup', { label: plain(group.label) }, options(group, initial)) : options(group, initial)));
  if (block.type !== 'input' || block.dispatch_action) {
    control.addEventListener('change', () => { if (control.value) context.act(item, control.value, control); });
  }
  return control;
}

/** A field to search with, above the menu of what the app found. */
function search(item, block, context, id) {
  const found = item.initial_option ? [item.initial_option] : [];
  const menu = select(item, block, context, id, [{ options: found }]);
  const field = h('input', { type: 'search', placeholder: plain(item.placeholder), 'aria-label': 'Search: ' + plain(item.placeholder), data: { search: item.action_id } });
  let asking = false;
  let typedMeanwhile = false;
  /** Asks for what is typed, one question at a time: answers that overtake one another would show what was typed before. */
  const look = async () => {
    typedMeanwhile = true;
    if (asking) return;
    asking = true;
    let list = null;
    while (typedMeanwhile) {
      typedMeanwhile = false;
      list = await context.search(item, field.value).catch(() => null);
    }
    asking = false;
    const count = list === null ? 'The app gave no options: type again' : list.length ? list.length + ' found: choose one' : 'No results';
    menu.replaceChildren(h('option', { value: '' }, count), ...options({ options: list || [] }, menu.value));
  };
  field.addEventListener('input', look);
  if (!found.length) look();
  const whole = h('div.search', field, menu);
  whole.control = menu;
  return whole;
}

const options = (group, initial) => group.options.map(option =>
  h('option', { value: option.value, selected: option.value === initial }, plain(option.text)));

function choices(item, context, id, type) {
  const initial = (item.initial_options || (item.initial_option ? [item.initial_option] : [])).map(option => option.value);
  return h('fieldset.choices', { id }, (item.options || []).map(option => h('label',
    h('input', { type, name: item.action_id, value: option.value, checked: initial.includes(option.value) }),
    h('span', textOf(option.text, context.names), option.description && h('small', textOf(option.description, context.names))))));
}

const plain = object => object ? emoji(object.text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&')) : '';

/** The id of the block that a control is in. */
export const blockOf = control => control.closest('[data-block]')?.dataset.block || '';

/** What is entered in a form, by action id. */
export function values(form) {
  const entered = {};
  for (const control of form.elements) {
    if (!control.name) continue;
    if (control.type === 'checkbox' || control.type === 'radio') {
      entered[control.name] = [entered[control.name], control.checked ? control.value : ''].filter(Boolean).join(',');
    } else entered[control.name] = control.value;
  }
  return entered;
}
