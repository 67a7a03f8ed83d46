import type { App, types, webApi } from '@slack/bolt'
import type { Bot, Choice, Link, Logger, Reply } from '../../src/index.ts'
import { actions } from './actions.ts'
import { capital, header, plainText } from './blocks.ts'
import { limits } from './limits.ts'
import { toMrkdwn } from './mrkdwn.ts'
import { explained, teller, whoAsks } from './people.ts'
import { seen } from './render.ts'
import { beginButton } from './render-tour.ts'
import type { Routes } from './routes.ts'
import { answerView } from './views.ts'

type HomeReply = Extract<Reply, { kind: 'home' }>

/** The Home tab, its pickers, and the prompts of the messages tab. */
export function listenToHome(app: App, routes: Routes, bot: Bot, logger: Logger): void {
  async function publish(client: webApi.WebClient, user: string, reply: Reply): Promise<void> {
    if (reply.kind !== 'home') return
    await explained(logger, teller(client, user), () =>
      client.views.publish({ user_id: user, view: homeView(reply) }),
    )
  }

  async function tell(client: webApi.WebClient, user: string, trigger: string, reply: Reply): Promise<void> {
    const view = answerView(seen(reply))
    await explained(logger, teller(client, user), () => client.views.open({ trigger_id: trigger, view }))
  }

  app.event('app_home_opened', async ({ event, client, body }) => {
    const who = whoAsks(body.team_id, event.user, 'home')
    if (event.tab === 'home') return publish(client, event.user, await bot.handle({ kind: 'home', ...who }))
    const help = await bot.handle({ kind: 'help', conversation: who.conversation })
    const prompts = help.suggestions
      .slice(0, limits.suggestedPrompts)
      .map(({ label, question }) => ({ title: label, message: question }))
    await explained(logger, undefined, () =>
      client.assistant.threads.setSuggestedPrompts({
        channel_id: event.channel,
        title: 'You could ask',
        prompts,
      }),
    )
  })

  for (const kind of ['role', 'level'] as const)
    routes.press(`profile.${kind}`, async ({ action, body, client }) => {
      const picked = 'selected_option' in action ? String(action.selected_option?.value ?? '') : ''
      const who = whoAsks(body.team?.id, body.user.id, 'home')
      // "Any" takes back what was picked.
      const value = picked === anything ? '' : picked
      const reply = await bot.handle({ kind: 'profile', ...who, [kind]: value })
      if (reply.kind === 'home') await publish(client, body.user.id, reply)
      else await tell(client, body.user.id, body.trigger_id, reply)
    })

  routes.press(actions.forget, async ({ body, client }) => {
    const who = whoAsks(body.team?.id, body.user.id, 'home')
    await tell(client, body.user.id, body.trigger_id, await bot.handle({ kind: 'forget', ...who }))
    await publish(client, body.user.id, await bot.handle({ kind: 'home', ...who }))
  })
}

const anything = '-'

function homeView({
  title,
  body,
  roles,
  levels,
  profile,
  recent,
  popular,
  suggestions,
}: HomeReply): types.HomeView {
  const pickers = [
    picker('role', 'Any job', roles, profile.role),
    picker('level', 'Any level', levels, profile.level),
  ]
  const asked = suggestions.map(({ label, question }) => ({ label, reference: `q.${question}` }))
  return {
    type: 'home',
    blocks: [
      header('Ask me about careers in AI'),
      text('Write to me under *Messages*, mention me in a channel, or type `/career` anywhere.'),
      ...links('You could ask', asked, 'start'),
      ...links('Your last answers', recent, 'recent'),
      ...links('What others look up', popular, 'popular'),
      header('What are you interested in?'),
      text('What you pick is kept until you change it or have me forget it.'),
      {
        type: 'actions',
        elements: [...pickers.filter((one) => one !== undefined), beginButton('Start the tour')],
      },
      header(title),
      ...toMrkdwn(body).map(text),
      { type: 'actions', elements: [forget] },
    ],
  }
}

function picker(
  kind: 'role' | 'level',
  none: string,
  choices: readonly Choice[],
  chosen: string | undefined,
): types.StaticSelect | undefined {
  if (choices.length === 0) return undefined
  const options = [
    { text: plainText(none, limits.option), value: anything },
    ...choices.slice(0, limits.options - 1).map(({ label, value }) => ({
      text: plainText(capital(label), limits.option),
      value: value.slice(0, limits.optionValue),
    })),
  ]
  const initial = options.find(({ value }) => value === chosen) ?? options[0]
  return {
    type: 'static_select',
    action_id: `profile.${kind}`,
    options,
    ...(initial && { initial_option: initial }),
  }
}

/** Each button opens an answer in a form of its own. */
function links(title: string, found: readonly Link[], name: string): types.KnownBlock[] {
  if (found.length === 0) return []
  const elements = found.map(({ label, reference }, i) => ({
    type: 'button' as const,
    // Numbers keep the ids of the page apart.
    action_id: `${actions.show}.${name}${i}`,
    value: reference,
    text: plainText(label, limits.buttonText),
  }))
  return [text(`*${title}*`), { type: 'actions', elements }]
}

const forget: types.Button = {
  type: 'button',
  action_id: actions.forget,
  style: 'danger',
  text: plainText('Forget me', limits.buttonText),
  confirm: {
    title: plainText('Forget everything?', 100),
    text: plainText('What you picked and what we talked about will be gone.', 300),
    confirm: plainText('Forget me', 30),
    deny: plainText('Keep it', 30),
  },
}

function text(words: string): types.SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: words.slice(0, limits.section), verbatim: true } }
}
