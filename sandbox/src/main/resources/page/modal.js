// The open modal.
import { h, byId, act, look } from '/page/dom.js';
import { blocks, blockOf, values } from '/page/blocks.js';
import { textOf } from '/page/mrkdwn.js';
import { here, names, confirmed } from '/page/chat.js';

let shown = '';

export function drawModal() {
  const dialog = byId('modal');
  const modal = here.seen && here.seen.modal;
  if (!modal) {
    shown = '';
    if (dialog.open) dialog.close();
    return;
  }
  const wanted = JSON.stringify(modal) + here.me;
  if (shown === wanted) return;
  const kept = dialog.dataset.view === modal.id && dialog.querySelector('form') ? values(dialog.querySelector('form')) : {};
  shown = wanted;
  dialog.dataset.view = modal.id;
  dialog.replaceChildren(form(modal));
  restore(dialog.querySelector('form'), kept);
  if (!dialog.open) dialog.showModal();
  const first = dialog.querySelector('[aria-invalid=true], input, select, textarea');
  if (first) first.focus();
}

function form(modal) {
  const { view } = modal;
  const context = { names: names(), people: here.seen.people, errors: modal.errors, act: (element, value, control) => actIn(modal, element, value, control), search: (element, typed) => searchIn(modal, element, typed) };
  const close = () => act('close', { as: here.me, view: modal.id });
  byId('modal').oncancel = event => { event.preventDefault(); close(); };
  return h('form', { onsubmit: event => submit(event, modal) },
    h('header', h('h2', { id: 'modal-title' }, textOf(view.title, context.names)),
      h('button.icon', { type: 'button', 'aria-label': 'Close', onclick: close }, '✕')),
    h('div.modal-body', modal.problem && h('p.error', { role: 'alert' }, modal.problem), blocks(view.blocks, context)),
    h('footer',
      h('button.kit', { type: 'button', onclick: close }, view.close ? textOf(view.close, context.names) : 'Cancel'),
      view.submit && h('button.kit.primary', { type: 'submit' }, textOf(view.submit, context.names))));
}

async function submit(event, modal) {
  event.preventDefault();
  const button = event.target.querySelector('[type=submit]');
  button.classList.add('busy');
  await act('submit', { as: here.me, view: modal.id, values: values(event.target) });
  setTimeout(() => button.classList.remove('busy'), 3000);
}

async function actIn(modal, element, value, control) {
  if (element.confirm && !(await confirmed(element.confirm))) return;
  const entered = { ...values(control.form), ...(value === null ? {} : { [element.action_id]: value }) };
  await act('act', { as: here.me, view: modal.id, block: blockOf(control), action: element.action_id, values: entered });
}

const searchIn = (modal, element, typed) => look('/ui/options?' + new URLSearchParams({ as: here.me, view: modal.id, action: element.action_id, typed }));

/** Keeps what a person typed when the app updates the view. */
function restore(form, kept) {
  for (const control of form.elements) {
    if (!control.name || !(control.name in kept)) continue;
    if (control.type === 'radio' || control.type === 'checkbox') control.checked = kept[control.name].split(',').includes(control.value);
    else if (kept[control.name]) {
      if (control.tagName === 'SELECT' && ![...control.options].some(option => option.value === kept[control.name])) control.append(h('option', { value: kept[control.name] }, kept[control.name]));
      control.value = kept[control.name];
    }
  }
}
