import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js'
import { below, isJson, type Json, jsonList, type Problem, text } from './problem.ts'

/** Key that Discord takes in a command although its schema does not list it. */
export const ACCEPTED_COMMAND_KEYS = ['nsfw'] as const

/** https://docs.discord.com/developers/interactions/application-commands */
const LIMITS = { slash: 100, user: 15, message: 15, total: 8000 }
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u

const isGroup = (option: Json): boolean => option.type === ApplicationCommandOptionType.SubcommandGroup
const isSubcommand = (option: Json): boolean => option.type === ApplicationCommandOptionType.Subcommand
const isBranch = (option: Json): boolean => isGroup(option) || isSubcommand(option)

const nameProblems = (name: unknown, path: readonly PropertyKey[]): Problem[] => {
  const problems: Problem[] = []
  if (!NAME.test(text(name))) problems.push({ path, problem: `name "${text(name)}" is not allowed` })
  if (text(name) !== text(name).toLowerCase()) {
    problems.push({ path, problem: `name "${text(name)}" must be in lower case` })
  }
  return problems
}

const namesProblems = (item: Json): Problem[] => [
  ...nameProblems(item.name, ['name']),
  ...Object.entries(isJson(item.name_localizations) ? item.name_localizations : {}).flatMap(
    ([locale, name]) => nameProblems(name, ['name_localizations', locale]),
  ),
]

const descriptionProblems = (item: Json): Problem[] =>
  text(item.description) === '' ? [{ path: ['description'], problem: 'a description is missing' }] : []

const repeated = (items: readonly Json[], key: string, path: readonly PropertyKey[]): Problem[] => {
  const seen = new Set<unknown>()
  return items.flatMap((item, index) => {
    const value = item[key]
    if (!seen.has(value)) {
      seen.add(value)
      return []
    }
    return [{ path: [...path, index, key], problem: `${key} "${String(value)}" is used twice` }]
  })
}

const orderProblems = (options: readonly Json[]): Problem[] => {
  const firstOptional = options.findIndex((option) => !isBranch(option) && option.required !== true)
  return options.flatMap((option, index) =>
    option.required === true && firstOptional >= 0 && index > firstOptional
      ? [{ path: ['options', index, 'required'], problem: 'a required option after an optional one' }]
      : [],
  )
}

const choiceProblems = (option: Json): Problem[] => {
  const choices = jsonList(option.choices)
  const problems = repeated(choices, 'name', ['choices'])
  if (option.autocomplete === true && choices.length > 0) {
    problems.push({ path: ['choices'], problem: 'no choices beside autocomplete' })
  }
  choices.forEach((choice, index) => {
    if (text(choice.value).length > 100) {
      problems.push({
        path: ['choices', index, 'value'],
        problem: 'a choice value has at most 100 characters',
      })
    }
  })
  for (const [least, most] of [
    ['min_value', 'max_value'],
    ['min_length', 'max_length'],
  ] as const) {
    if (Number(option[least] ?? 0) > Number(option[most] ?? Number.POSITIVE_INFINITY)) {
      problems.push({ path: [least], problem: `${least} is above ${most}` })
    }
  }
  return problems
}

const nestingProblems = (options: readonly Json[], depth: number): Problem[] => {
  const problems: Problem[] = []
  const branches = options.filter(isBranch).length
  if (branches > 0 && branches < options.length) {
    problems.push({ path: ['options'], problem: 'subcommands cannot stand beside other options' })
  }
  if (depth > 0 && options.some(isGroup)) {
    problems.push({ path: ['options'], problem: 'a subcommand group stands at the top only' })
  }
  if (depth > 1 && options.some(isSubcommand)) {
    problems.push({ path: ['options'], problem: 'a subcommand cannot hold subcommands' })
  }
  return problems
}

const optionsProblems = (holder: Json, depth: number): Problem[] => {
  const options = jsonList(holder.options)
  return [
    ...orderProblems(options),
    ...repeated(options, 'name', ['options']),
    ...nestingProblems(options, depth),
    ...options.flatMap((option, index) =>
      below(
        ['options', index],
        [
          ...namesProblems(option),
          ...descriptionProblems(option),
          ...choiceProblems(option),
          ...optionsProblems(option, isSubcommand(option) ? 2 : depth + 1),
        ],
      ),
    ),
  ]
}

// Of a localised text the longest counts.
const longest = (value: unknown, localised: unknown): number =>
  Math.max(
    text(value).length,
    ...Object.values(isJson(localised) ? localised : {}).map((one) => text(one).length),
  )

/** Characters of names, descriptions and values as Discord counts them. */
export const commandLength = (item: Json): number =>
  longest(item.name, item.name_localizations) +
  longest(item.description, item.description_localizations) +
  text(item.value).length +
  [...jsonList(item.options), ...jsonList(item.choices)].reduce((sum, one) => sum + commandLength(one), 0)

const contextMenuProblems = (command: Json): Problem[] => {
  const problems: Problem[] = []
  if (text(command.description) !== '') {
    problems.push({ path: ['description'], problem: 'a context-menu command has no description' })
  }
  if (jsonList(command.options).length > 0) {
    problems.push({ path: ['options'], problem: 'a context-menu command has no options' })
  }
  return problems
}

/** What the schemas miss about one command. */
export const commandRules = (command: Json): Problem[] => {
  if ((command.type ?? ApplicationCommandType.ChatInput) !== ApplicationCommandType.ChatInput) {
    return contextMenuProblems(command)
  }
  const length = commandLength(command)
  return [
    ...namesProblems(command),
    ...descriptionProblems(command),
    ...optionsProblems(command, 0),
    ...(length > LIMITS.total
      ? [{ path: [], problem: `${length} characters, a command has at most 8000` }]
      : []),
  ]
}

/** What the schemas miss about a whole list of commands. */
export const commandListRules = (commands: readonly Json[]): Problem[] => {
  const ofType = (type: ApplicationCommandType): Json[] =>
    commands.filter((command) => (command.type ?? ApplicationCommandType.ChatInput) === type)
  const tooMany = (type: ApplicationCommandType, most: number, kind: string): Problem[] =>
    ofType(type).length > most ? [{ path: [], problem: `at most ${most} ${kind} commands` }] : []
  return [
    ...tooMany(ApplicationCommandType.ChatInput, LIMITS.slash, 'slash'),
    ...tooMany(ApplicationCommandType.User, LIMITS.user, 'user'),
    ...tooMany(ApplicationCommandType.Message, LIMITS.message, 'message'),
    ...[
      ApplicationCommandType.ChatInput,
      ApplicationCommandType.User,
      ApplicationCommandType.Message,
    ].flatMap((type) => repeated(ofType(type), 'name', [])),
  ]
}
