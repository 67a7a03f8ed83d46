// AI Career Bot on another site: <script src="https://bot.example.org/widget.js" defer></script>
;(() => {
  const script = document.currentScript
  if (!script || document.querySelector('career-bot')) return
  const server = new URL(script.src).origin
  const title = script.dataset.title || 'Career questions?'
  const greeting =
    script.dataset.greeting || 'Ask me in your own words. I answer from documents that people wrote.'
  const sorry = 'That did not work. Please try again in a moment.'

  // No rem: that would be the size of the site's letters.
  const style = `
:host{all:initial;--page:#f6f6f3;--card:#fff;--ink:#1d2529;--soft:#55636b;--line:#d8dddd;--edge:#7b8a90;--accent:#0e6b80;--on-accent:#fff;--tint:#e7f1f3;--note:#fcf3e1;--note-edge:#b4690e;color-scheme:light}
@media (prefers-color-scheme:dark){:host([data-theme=auto]){--page:#13181b;--card:#1b2226;--ink:#e4e8e9;--soft:#a0adb3;--line:#313c42;--edge:#71818a;--accent:#7accdd;--on-accent:#0b2228;--tint:#17323a;--note:#30271a;--note-edge:#d99a3c;color-scheme:dark}}
*{box-sizing:border-box}
.open,.panel{position:fixed;right:16px;bottom:16px;z-index:2147483000;font:16px/1.5 system-ui,"Segoe UI",Roboto,Arial,sans-serif;color:var(--ink);text-align:left}
[hidden]{display:none!important}
button{font:inherit;cursor:pointer}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.open{padding:9.6px 17.6px;border:0;border-radius:999px;background:var(--accent);color:var(--on-accent);font-weight:600;box-shadow:0 4px 16px rgba(0,0,0,.25)}
.panel{display:flex;flex-direction:column;width:min(384px,calc(100vw - 32px));height:min(608px,calc(100vh - 32px));background:var(--page);border:1px solid var(--line);border-radius:14px;box-shadow:0 8px 32px rgba(0,0,0,.25);overflow:hidden;overflow-wrap:break-word}
.top{display:flex;justify-content:space-between;align-items:center;padding:8px 8px 8px 16px;border-bottom:1px solid var(--line)}
.top h2{margin:0;font-size:16px}
.top button{border:0;background:none;color:var(--soft);padding:4.8px 9.6px;border-radius:8px}
.talk{flex:1;overflow-y:auto;padding:12.8px}
.turn{margin-bottom:16px}
.asked{width:fit-content;max-width:85%;margin:0 0 8px auto;padding:5.6px 12.8px;background:var(--tint);border-radius:12px 12px 4px 12px}
.reply{padding:12.8px;background:var(--card);border:1px solid var(--line);border-radius:4px 12px 12px 12px;font-size:15.2px}
.reply>:first-child{margin-top:0}.reply>:last-child{margin-bottom:0}
.reply h2{font-size:16.8px;line-height:1.3;margin:.6em 0 .3em}.reply h3{font-size:15.2px;margin:.8em 0 .3em}
.reply p,.reply ul,.reply ol{margin:.5em 0}.reply ul,.reply ol{padding-left:1.2em}
.note{padding:6.4px 9.6px;background:var(--note);border-left:3px solid var(--note-edge)}
.source,.related summary{color:var(--soft);font-size:12.8px}
.reply .next{list-style:none;display:flex;flex-wrap:wrap;gap:6.4px;padding:0;margin:11.2px 0}
a{color:var(--accent)}
.next a,.tools button,.reason button{display:inline-block;padding:4px 9.6px;border:1px solid var(--edge);border-radius:9px;background:none;color:var(--accent);text-decoration:none;font-size:14px}
.next a:hover,.tools button:hover{background:var(--tint)}
.tools{margin-top:9.6px;padding-top:9.6px;border-top:1px solid var(--line);font-size:14px}
.elsewhere{display:none}
.table{overflow-x:auto}table{border-collapse:collapse;font-size:14px}th,td{padding:4.8px 8px 4.8px 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
pre{overflow-x:auto}
form.ask{display:flex;gap:6.4px;padding:9.6px;border-top:1px solid var(--line)}
input{flex:1;min-width:0;padding:7.2px 11.2px;border:1px solid var(--edge);border-radius:9px;background:var(--card);color:var(--ink);font:inherit}
::placeholder{color:var(--soft);opacity:1}
.ask button{padding:7.2px 14.4px;border:0;border-radius:9px;background:var(--accent);color:var(--on-accent);font-weight:600}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}`

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties)
    made.append(...children)
    return made
  }

  const host = document.createElement('career-bot')
  host.dataset.theme = script.dataset.theme || 'auto'
  const root = host.attachShadow({ mode: 'open' })
  // Unlike a <style>, this needs no leave from the site's Content-Security-Policy.
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(style)
  root.adoptedStyleSheets = [sheet]

  const opener = element('button', { className: 'open', type: 'button', textContent: title })
  const close = element('button', { type: 'button', textContent: 'Close' })
  const talk = element('div', { className: 'talk', tabIndex: 0 })
  talk.setAttribute('role', 'log')
  talk.setAttribute('aria-label', 'Conversation')
  const input = element('input', {
    placeholder: 'Ask in your own words',
    maxLength: 1000,
    autocomplete: 'off',
  })
  input.setAttribute('aria-label', 'Your question')
  const form = element('form', { className: 'ask' }, input, element('button', { textContent: 'Ask' }))
  const top = element('div', { className: 'top' }, element('h2', { textContent: title }), close)
  const panel = element('div', { className: 'panel', hidden: true }, top, talk, form)
  panel.setAttribute('role', 'dialog')
  panel.setAttribute('aria-label', title)
  talk.append(turnOf('', greeting))
  root.append(opener, panel)

  let after
  function send(path, body) {
    return fetch(server + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      credentials: 'omit',
      body: JSON.stringify(body),
    }).then((response) => response.json())
  }

  function turnOf(asked, text) {
    const turn = element('article', { className: 'turn' })
    if (asked) turn.append(element('p', { className: 'asked', textContent: asked }))
    turn.append(element('div', { className: 'reply', textContent: text }))
    return turn
  }

  /** Only the bot's own server makes this markup, with everything in it escaped. */
  function fromMarkup(markup, asked) {
    const turn = new DOMParser().parseFromString(markup, 'text/html').querySelector('.turn')
    if (asked && !turn.querySelector('.asked'))
      turn.prepend(element('p', { className: 'asked', textContent: asked }))
    for (const link of turn.querySelectorAll('a[href^="/"]'))
      link.href = new URL(link.getAttribute('href'), server).href
    return document.importNode(turn, true)
  }

  async function show(path, body, asked) {
    const waiting = turnOf(asked, '…')
    talk.append(waiting)
    try {
      const { html, reference } = await send(path, { ...body, html: true })
      const turn = fromMarkup(html, asked)
      waiting.replaceWith(turn)
      if (reference) after = reference
      talk.scrollTop = turn.offsetTop - talk.offsetTop
    } catch {
      waiting.replaceWith(turnOf(asked, sorry))
    }
  }

  function toggle(isOpen) {
    panel.hidden = !isOpen
    opener.hidden = isOpen
    ;(isOpen ? input : opener).focus()
  }
  opener.addEventListener('click', () => toggle(true))
  close.addEventListener('click', () => toggle(false))
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') toggle(false)
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const question = input.value.trim()
    input.value = ''
    if (question) show('/api/ask', { question, ...(after && { after }) }, question)
  })
  talk.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-open]')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    show('/api/open', { reference: link.dataset.open }, link.textContent)
  })
  talk.addEventListener('submit', async (event) => {
    event.preventDefault()
    // Outside of this tree nobody may see it, so it is gone from the event when the answer comes.
    const form = event.target
    const reference = form.elements.namedItem('reference').value
    const said = await send('/api/feedback', { reference, helpful: event.submitter?.value === 'yes' }).catch(
      () => ({}),
    )
    const thanks = element('p', {
      className: 'source',
      textContent: said.text || said.error || sorry,
      tabIndex: -1,
    })
    form.replaceWith(thanks)
    thanks.focus()
  })

  document.body.append(host)
  if (script.dataset.open !== undefined) toggle(true)
})()
