/* Sliders of ipywidgets have a role and a value but no name. This gives each handle and each number
 * beside it the name of its label, and the value its unit; it gives radio buttons and menus back
 * their keys, and makes the buttons of a question one group; it makes the reading of a panel one
 * live region that stays in the page while its words change; and it marks the outcome of a check
 * that an earlier kernel gave. Written by hand: nothing to build. */
(function () {
  'use strict';

  const sessions = new WeakMap();
  let app = null;
  let count = 0;
  let waiting = false;

  function idOf(element) {
    if (!element.id) {
      count += 1;
      element.id = 'engramlab-name-' + count;
    }
    return element.id;
  }

  function set(element, attribute, value) {
    if (element.getAttribute(attribute) !== value) {
      element.setAttribute(attribute, value);
    }
  }

  function nameSlider(slider) {
    const label = slider.querySelector('.widget-label');
    if (!label || !label.textContent.trim()) {
      return;
    }
    const name = idOf(label);
    const handles = slider.querySelectorAll('[role=slider]');
    handles.forEach(handle => set(handle, 'aria-labelledby', name));
    const number = slider.querySelector('.widget-readout');
    if (!number) {
      return;
    }
    set(number, 'aria-labelledby', name);
    if (number.isContentEditable) {
      set(number, 'role', 'textbox');
    }
    const row = slider.closest('.engramlab-row');
    const unit = row && row.querySelector('.engramlab-unit');
    if (handles.length === 1) {
      const words = number.textContent + (unit ? ' ' + unit.textContent : '');
      set(handles[0], 'aria-valuetext', words.trim());
    }
  }

  /* JupyterLab takes the up and down arrows to move between cells, so that a keyboard could choose
   * nothing but the first button of a group; on a menu, a letter such as x would cut the cell. */
  function freeKeys(control) {
    set(control, 'data-lm-suppress-shortcuts', 'true');
  }

  /* ipywidgets gives the buttons of a group no common name, so that Tab would stop at each. A group
   * gets its label as its name, too. */
  function nameGroup(group) {
    group.querySelectorAll('input[type=radio]').forEach(button => {
      freeKeys(button);
      set(button, 'name', idOf(group));
    });
    const label = group.querySelector('.widget-label');
    if (label && label.textContent.trim()) {
      set(group, 'role', 'radiogroup');
      set(group, 'aria-labelledby', idOf(label));
    }
  }

  function keepLive(reading) {
    const place = reading.parentElement;
    set(place, 'role', 'status');
    reading.removeAttribute('role');
  }

  /* Each kernel process puts an id of its own on all its messages; the card of a check keeps the id
   * of the process that gave it. Another id, or none, means that the kernel is not that one. */
  function follow(kernel) {
    sessions.set(kernel, '');
    const note = message => {
      if (message.header.session !== sessions.get(kernel)) {
        sessions.set(kernel, message.header.session);
        lookSoon();
      }
    };
    kernel.iopubMessage.connect((_, message) => note(message));
    kernel.requestKernelInfo().then(reply => reply && note(reply), () => {});
  }

  function markPast(panel) {
    const context = panel && panel.sessionContext;
    if (!context) {
      return;
    }
    const kernel = context.session && context.session.kernel;
    if (kernel && !sessions.has(kernel)) {
      follow(kernel);
    }
    const now = kernel ? sessions.get(kernel) : 'none';
    if (now) {
      panel.node.querySelectorAll('[data-elab-session]').forEach(outcome =>
        outcome.parentElement.classList.toggle('elab-past', outcome.dataset.elabSession !== now));
    }
  }

  function look() {
    waiting = false;
    if (app) {
      markPast(app.shell.currentWidget);
    }
    document.querySelectorAll('.widget-slider').forEach(nameSlider);
    document.querySelectorAll('.widget-radio').forEach(nameGroup);
    document.querySelectorAll('.widget-dropdown select').forEach(freeKeys);
    document.querySelectorAll('.engramlab-live .engramlab-reading[role]').forEach(keepLive);
  }

  function lookSoon() {
    if (!waiting) {
      waiting = true;
      window.setTimeout(look, 20);
    }
  }

  const plugin = {
    id: 'engramlab-access:plugin',
    description: 'Names sliders and groups of buttons, and marks outcomes of earlier kernels.',
    autoStart: true,
    activate: function (jupyterlab) {
      app = jupyterlab;
      new MutationObserver(lookSoon).observe(document.body, {
        childList: true,
        subtree: true,
        characterData: true,
        attributes: true,
        attributeFilter: ['aria-valuetext', 'contenteditable']
      });
      lookSoon();
    }
  };

  const modules = { './extension': { __esModule: true, default: plugin } };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB['engramlab-access'] = {
    init: function () {},
    get: function (name) {
      const found = modules[name];
      return found
        ? Promise.resolve(function () { return found; })
        : Promise.reject(new Error('engramlab-access has no module ' + name));
    }
  };
})();
