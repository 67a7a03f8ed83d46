import type { App, webApi } from '@slack/bolt'
import { type Bot, createWaves, type Logger, type Reply } from '../../src/index.ts'
import { actions } from './actions.ts'
import { explained, isDirect, teller, whoAsks } from './people.ts'
import { notice, render } from './render.ts'
import type { Pressed, Routes } from './routes.ts'
import type { SlackSettings } from './settings.ts'
import { tourView } from './views.ts'

/** Newcomers that are greeted one after the other before others get their turn. */
const mostAtOnce = 50
/** Slack takes about one message a second. Milliseconds. */
const pause = 1_100

/** The buttons of the welcome tour. It goes on in its own message or form, which only the member sees. */
export function listenToTour(routes: Routes, bot: Bot, logger: Logger): void {
  routes.press(actions.begin, async (args) => {
    const { body, client, respond } = args
    const who = whoAsks(body.team?.id, body.user.id, body.channel?.id ?? 'home')
    const reply = await bot.handle({ kind: 'start', ...who, isPrivate: true })
    await explained(logger, tellerOf(args), () => {
      if (body.view !== undefined)
        return client.views.open({ trigger_id: body.trigger_id, view: viewOf(reply) })
      const channel = body.channel?.id
      return channel !== undefined && isDirect(body)
        ? client.chat.postMessage({ channel, ...seen(reply) })
        : respond({ response_type: 'ephemeral', replace_original: false, ...seen(reply) })
    })
  })

  routes.press(actions.tour, async (args) => {
    const { body, client, respond } = args
    const who = whoAsks(body.team?.id, body.user.id, body.channel?.id ?? 'home')
    const reply = await bot.handle({ kind: 'step', choice: choiceOf(args), ...who, isPrivate: true })
    const { view } = body
    await explained(logger, tellerOf(args), () =>
      view === undefined
        ? respond({ replace_original: reply.kind === 'step', response_type: 'ephemeral', ...seen(reply) })
        : client.views.update({ view_id: view.id, view: viewOf(reply) }),
    )
  })
}

function tellerOf({ body, client }: Pressed) {
  return teller(client, body.user.id, body.response_url)
}

function choiceOf({ action }: Pressed): string {
  if ('selected_option' in action) return String(action.selected_option?.value ?? '')
  return 'value' in action ? String(action.value) : ''
}

function seen(reply: Reply) {
  return reply.kind === 'silent' ? notice('There is nothing to show.') : render(reply)
}

function viewOf(reply: Reply) {
  return tourView(seen(reply).blocks)
}

/**
 * One direct message to whoever joins the workspace or a channel, where the operator chose so.
 *
 * @returns greets everybody who still waits
 */
export function listenToNewcomers(
  app: App,
  bot: Bot,
  logger: Logger,
  welcome: SlackSettings['welcome'],
): () => Promise<void> {
  const clients = new Map<string, webApi.WebClient>()
  const waves = createWaves(mostAtOnce, greet, Date.now)

  async function greet(team: string, users: string[]): Promise<void> {
    const client = clients.get(team)
    const members = users.map((user) => `slack:${team}:${user}`)
    const reply = await bot.handle({ kind: 'joined', community: `slack:${team}`, members })
    if (reply.kind !== 'greeting' || client === undefined) return
    for (const [i, member] of reply.members.entries()) {
      if (i > 0) await new Promise((resolve) => setTimeout(resolve, pause))
      const channel = member.split(':').at(-1) ?? ''
      await explained(logger, undefined, () => client.chat.postMessage({ channel, ...render(reply) }))
    }
  }

  function add(team: string | undefined, user: string, client: webApi.WebClient): void {
    if (team === undefined) return
    clients.set(team, client)
    waves.add(team, user)
  }

  if (welcome.team)
    app.event('team_join', async ({ event, client, body }) => {
      if (!event.user.is_bot && !event.user.deleted) add(body.team_id, event.user.id, client)
    })
  if (welcome.channels.size > 0)
    app.event('member_joined_channel', async ({ event, client, body, context }) => {
      if (welcome.channels.has(event.channel) && event.user !== context.botUserId)
        add(body.team_id, event.user, client)
    })
  return waves.close
}
