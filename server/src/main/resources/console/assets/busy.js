// Buttons of what takes a while.

import {showProblem} from './console.js';

/**
 * Does the work while the form's button says that it goes on; once at a time. The form shows why it failed.
 *
 * The button is not disabled, which would take the focus from it.
 */
export async function busily(form, button, label, work) {
  if (form.ariaBusy === 'true') return;
  const before = button.textContent;
  form.ariaBusy = 'true';
  button.ariaBusy = 'true';
  button.textContent = label;
  showProblem(form, null);
  try {
    await work();
  } catch (failure) {
    showProblem(form, failure);
  } finally {
    form.ariaBusy = null;
    button.ariaBusy = null;
    button.textContent = before;
  }
}
