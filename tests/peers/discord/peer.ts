import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createCommandStore } from './commands.ts'
import type { Core } from './core.ts'
import { createCommandCalls } from './drive-commands.ts'
import { createComponentCalls } from './drive-components.ts'
import { createGateway } from './gateway.ts'
import { createInteractionRegistry } from './interactions.ts'
import { createMessageStore } from './messages.ts'
import { createPeople } from './people.ts'
import { createRestServer } from './rest.ts'
import { applicationRoutes } from './routes-application.ts'
import { channelRoutes } from './routes-channel.ts'
import { guildRoutes } from './routes-guild.ts'
import { interactionRoutes } from './routes-interaction.ts'
import { threadRoutes } from './routes-thread.ts'
import type { DiscordPeer, DiscordPeerOptions, PeerGuild, ReceivedCallback, Violation } from './types.ts'
import { createWorld, type World } from './world.ts'

export type * from './calls.ts'
export { customIds, messageText } from './message-content.ts'
export type * from './types.ts'

const CALLBACK_TIMEOUT = 3000
const TOKEN_LIFETIME = 15 * 60_000
const HEARTBEAT_INTERVAL = 41_250
const WAIT = 10_000

// A call that a member could not make is a rejected promise, like a call that the bot leaves unanswered.
const rejecting =
  <Call>(send: (call: Call) => Promise<ReceivedCallback>) =>
  (call: Call): Promise<ReceivedCallback> => {
    try {
      return send(call)
    } catch (error) {
      return Promise.reject(error)
    }
  }

const guildsOf = (world: World): PeerGuild[] =>
  [...world.guilds.values()].map((guild) => ({
    id: guild.id,
    name: guild.name,
    channels: world.channelsOf(guild.id).map(({ id, name = '', type }) => ({ id, name, type })),
    roles: guild.roles.map(({ id, name }) => ({ id, name })),
  }))

const channelId = (world: World, reference: string): string => {
  const named = [...world.channels.values()].find(({ name }) => name === reference)
  return world.channels.get(reference)?.id ?? named?.id ?? reference
}

const listen = async (options: DiscordPeerOptions) => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const gatewayUrl = `ws://127.0.0.1:${port}`
  const token = options.token ?? 'test-token'
  const disallowedIntents = options.disallowedIntents ?? 0
  const world = createWorld(options)
  const gateway = createGateway(server, world, {
    token,
    disallowedIntents,
    heartbeatInterval: options.heartbeatInterval ?? HEARTBEAT_INTERVAL,
    resumeUrl: () => gatewayUrl,
  })
  const core: Core = {
    world,
    gateway,
    token,
    disallowedIntents,
    messages: createMessageStore(world),
    commands: createCommandStore(world),
    interactions: createInteractionRegistry(
      world,
      options.callbackTimeout ?? CALLBACK_TIMEOUT,
      options.tokenLifetime ?? TOKEN_LIFETIME,
    ),
    violations: [] as Violation[],
    shards: options.shards ?? 1,
    gatewayUrl: () => gatewayUrl,
  }
  const routes = [
    ...applicationRoutes(core),
    ...interactionRoutes(core),
    ...channelRoutes(core),
    ...threadRoutes(core),
    ...guildRoutes(core),
  ]
  const rest = createRestServer(routes, token, core.violations)
  server.on('request', rest.handle)
  return { server, core, rest, url: `http://127.0.0.1:${port}` }
}

/** Starts a peer on a free port of 127.0.0.1. Close it when the test is over. */
export const createDiscordPeer = async (options: DiscordPeerOptions = {}): Promise<DiscordPeer> => {
  const { server, core, rest, url } = await listen(options)
  const { world, gateway, messages, interactions } = core
  const commands = createCommandCalls(core, options.registeredOnly ?? true)
  const components = createComponentCalls(core)
  return {
    url,
    token: core.token,
    applicationId: world.applicationId,
    botUser: world.bot,
    guilds: guildsOf(world),
    violations: core.violations,
    requests: rest.requests,
    identifications: gateway.identifications,
    command: rejecting(commands.command),
    autocomplete: rejecting(commands.autocomplete),
    messageCommand: rejecting(commands.messageCommand),
    userCommand: rejecting(commands.userCommand),
    button: rejecting(components.button),
    select: rejecting(components.select),
    modal: rejecting(components.modal),
    ...createPeople(core),
    user: world.user,
    member: (reference, guild) => world.guild(guild).members.get(world.user(reference).id),
    messages: (channel) => messages.list(channelId(world, channel)),
    dmChannel: (reference) => world.dmChannel(world.user(reference)).id,
    privateChannel: (...references) => world.privateChannel(references.map(world.user)).id,
    commands: (guild) => core.commands.list(guild),
    unanswered: interactions.unanswered,
    waitForMessage: (predicate, ms = WAIT) => messages.waitFor(predicate, ms),
    waitForShards: (count = core.shards, ms = WAIT) => gateway.waitForShards(count, ms),
    failNext: rest.failNext,
    dropConnections: (drop = {}) => gateway.drop(drop),
    clear: () => {
      core.violations.length = 0
      rest.requests.length = 0
      interactions.clear()
    },
    close: async () => {
      interactions.close()
      messages.close()
      await gateway.close()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
