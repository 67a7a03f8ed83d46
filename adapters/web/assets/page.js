// The page works without this file; with it, answers come without loading the page anew.
const talk = document.querySelector('.talk')
const composer = document.querySelector('.composer')
const question = composer.elements.namedItem('q')
const after = composer.elements.namedItem('after')
const sorry = 'That did not work. Please try again in a moment.'

function send(path, body) {
  return fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).then((response) => response.json())
}

function element(name, className, text = '') {
  const made = document.createElement(name)
  made.className = className
  made.textContent = text
  return made
}

function waiting(asked) {
  const turn = element('article', 'turn waiting')
  if (asked) turn.append(element('p', 'asked', asked))
  turn.append(element('div', 'reply', '…'))
  talk.append(turn)
  return turn
}

/** Only our own server makes this markup, with everything in it escaped. */
function fromMarkup(markup) {
  const template = document.createElement('template')
  template.innerHTML = markup
  return template.content.firstElementChild
}

async function show(path, body, asked) {
  const turn = waiting(asked)
  turn.scrollIntoView({ block: 'nearest' })
  try {
    const { html, reference } = await send(path, { ...body, html: true })
    const answered = fromMarkup(html)
    if (asked && !answered.querySelector('.asked')) answered.prepend(element('p', 'asked', asked))
    turn.replaceWith(answered)
    if (reference) after.value = reference
    answered.scrollIntoView({ block: 'start' })
  } catch {
    turn.querySelector('.reply').textContent = sorry
  }
}

composer.addEventListener('submit', (event) => {
  event.preventDefault()
  const text = question.value.trim()
  if (text === '') return
  const picked = {}
  for (const name of ['role', 'level', 'after']) {
    const value = composer.elements.namedItem(name)?.value
    if (value) picked[name] = value
  }
  question.value = ''
  show('/api/ask', { question: text, ...picked }, text)
})

talk.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-open]')
  if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  show('/api/open', { reference: link.dataset.open }, link.textContent)
})

function reasonForm(reference) {
  const form = element('form', 'reason')
  form.dataset.reference = reference
  const label = element('label', '', 'What was missing or wrong? ')
  label.append(element('span', 'optional', '(if you like)'))
  const text = document.createElement('textarea')
  text.name = 'reason'
  text.rows = 2
  text.maxLength = 500
  label.append(text)
  form.append(label, element('button', '', 'Send'))
  return form
}

talk.addEventListener('submit', async (event) => {
  const form = event.target
  event.preventDefault()
  const isReason = form.classList.contains('reason')
  const reference = isReason ? form.dataset.reference : form.elements.namedItem('reference').value
  const helpful = !isReason && event.submitter?.value === 'yes'
  const reason = isReason ? form.elements.namedItem('reason').value.trim() : ''
  try {
    const { text, error } = await send('/api/feedback', { reference, helpful, ...(reason && { reason }) })
    const thanks = element('p', 'thanks', text ?? error)
    thanks.tabIndex = -1
    const more = !isReason && !helpful && text ? [reasonForm(reference)] : []
    form.replaceWith(thanks, ...more)
    // What had the focus is gone.
    ;(more[0]?.querySelector('textarea') ?? thanks).focus()
  } catch {
    form.append(element('span', 'thanks', ` ${sorry}`))
  }
})

// Where there is a keyboard, it should be ready.
if (matchMedia('(hover: hover)').matches) question.focus({ preventScroll: true })
