// The visual schema: made of images, edited, changed by an instruction, saved.

import {request} from './api.js';
import {busily} from './busy.js';
import {tell} from './console.js';
import {diff} from './diff.js';
import {JsonField} from './json-field.js';
import {compact} from './json-text.js';

/** What a captioner sees of a picture is no larger. */
const MAX_SIDE = 1024;
const QUALITY = 0.9;

const form = document.getElementById('schema-form');
if (form) begin(form);

function begin(form) {
  const field = new JsonField(form.elements.schema);
  addEventListener('beforeunload', event => {
    if (field.isChanged) event.preventDefault();
  });
  form.addEventListener('submit', event => {
    event.preventDefault();
    if (!field.isChanged) tell('There is no change to save.');
    else if (field.accept()) busily(form, button(form), 'Saving…', () => save(form, field));
  });
  document.getElementById('generate')?.addEventListener('submit', event => {
    event.preventDefault();
    const made = event.target;
    busily(made, button(made), 'Looking at them…', () => generate(made, field));
  });
  document.getElementById('refine').addEventListener('submit', event => {
    event.preventDefault();
    const refining = event.target;
    busily(refining, button(refining), 'Changing it…', () => refine(refining, field));
  });
  document.addEventListener('htmx:afterSwap', event => {
    const progress = document.getElementById('caption-progress');
    if (event.detail.target?.id === 'caption-progress' && progress?.dataset.running === 'false') showState();
  });
  propose(field);
  // What was proposed was made of another text.
  field.typed = leaveProposal;
}

function button(form) {
  return form.querySelector('button:not([type])');
}

async function save(form, field) {
  const saved = field.value;
  await request('PUT', form.getAttribute('action'), {visual_schema: compact(saved)});
  field.settle(saved);
  field.value = field.value;
  tell('The visual schema is saved.');
  showState();
}

/** How many captions are out of date now. */
function showState() {
  htmx.ajax('GET', location.pathname, {target: '#schema-state', select: '#schema-state', swap: 'outerHTML'});
}

async function generate(form, field) {
  const images = [];
  for (const image of document.querySelectorAll('.source-image')) images.push(await encoded(image.dataset.original));
  const {visual_schema: schema} = await request('POST', form.getAttribute('action'), {images});
  if (field.isChanged) return show(field.value, pretty(schema)); // What was typed is not replaced unseen.
  field.value = pretty(schema);
  document.getElementById('schema-form').elements.schema.focus();
  tell('Here it is. Read it through, and save it.');
}

/** The picture of a link as base64, no larger than a captioner looks at: the server fetches nothing from itself. */
async function encoded(link) {
  const answer = await fetch(link).catch(() => null);
  if (!answer?.ok) throw new Error('An image cannot be read by this page. Does the store let pages of this server read it (CORS)?');
  const picture = await createImageBitmap(await answer.blob());
  const scale = Math.min(1, MAX_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return canvas.toDataURL('image/jpeg', QUALITY).split(',')[1];
}

async function refine(form, field) {
  if (!field.accept()) return;
  const {structured_prompt: prompt} = await request('POST', form.getAttribute('action'), {
    dataset_id: Number(form.dataset.dataset),
    structured_prompt: compact(field.value) || '{}',
    instruction: form.elements.instruction.value,
  });
  show(field.value, pretty(prompt));
}

function show(before, after) {
  const proposal = document.getElementById('proposal');
  proposal.dataset.after = after;
  proposal.querySelector('.diff').replaceChildren(
    ...diff(before, after).map(({mark, line}) => {
      const element = document.createElement(mark === '+' ? 'ins' : mark === '-' ? 'del' : 'span');
      element.textContent = `${mark} ${line}\n`;
      return element;
    }));
  proposal.hidden = false;
  proposal.focus();
}

function propose(field) {
  const proposal = document.getElementById('proposal');
  document.getElementById('take').addEventListener('click', () => {
    field.value = proposal.dataset.after;
    form.elements.schema.focus();
  });
  document.getElementById('leave').addEventListener('click', () => {
    leaveProposal();
    document.getElementById('instruction').focus();
  });
}

function leaveProposal() {
  document.getElementById('proposal').hidden = true;
}

function pretty(json) {
  return JSON.stringify(JSON.parse(json), null, 2);
}
