for (const form of document.forms) form.addEventListener('submit', event => {
  event.preventDefault();
  const chosen = [...form.querySelectorAll('input:checked')].map(input => input.value).sort();
  let sum = 2166136261;
  for (const sign of form.dataset.key + '=' + chosen.join(',')) sum = Math.imul(sum ^ sign.charCodeAt(0), 16777619);
  const verdict = !chosen.length ? 'none' : (sum >>> 0) == form.dataset.sum ? 'right' : 'wrong';
  const output = form.querySelector('output');
  output.className = verdict;
  output.textContent = form.dataset[verdict];
});
