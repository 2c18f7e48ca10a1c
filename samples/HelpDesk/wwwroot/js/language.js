// The switch works without a button: choosing is enough.
for (const select of document.querySelectorAll('select[data-submits-form]'))
  select.addEventListener('change', () => select.form.requestSubmit());
