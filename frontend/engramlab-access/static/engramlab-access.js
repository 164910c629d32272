/* Sliders of ipywidgets have a role and a value but no name. This gives each handle and each number
 * beside it the name of its label, and the value its unit; it gives radio buttons back their arrow
 * keys; and it makes the reading of a panel one
 * live region that stays in the page while its words change. Written by hand: nothing to build. */
(function () {
  'use strict';

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
   * nothing but the first button of a group. A group gets its label as its name, too. */
  function freeArrows(group) {
    group.querySelectorAll('input[type=radio]').forEach(
      button => set(button, 'data-lm-suppress-shortcuts', 'true'));
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

  function look() {
    waiting = false;
    document.querySelectorAll('.widget-slider').forEach(nameSlider);
    document.querySelectorAll('.widget-radio').forEach(freeArrows);
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
    description: 'Names the sliders of ipywidgets.',
    autoStart: true,
    activate: function () {
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
