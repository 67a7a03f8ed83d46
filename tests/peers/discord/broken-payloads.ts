import { ButtonStyle, ComponentType, MessageFlags } from 'discord.js'
import type { Json } from './problem.ts'

/** A body that Discord refuses, and words from the problem that the peer must name. */
export interface BrokenPayload {
  name: string
  body: unknown
  problem: RegExp
}

const V2 = MessageFlags.IsComponentsV2
const silent = { allowed_mentions: { parse: [] } }
const display = (content: string): Json => ({ type: ComponentType.TextDisplay, content })
const button = (customId: string, extra: Json = {}): Json => ({
  type: ComponentType.Button,
  style: ButtonStyle.Primary,
  label: 'Go',
  custom_id: customId,
  ...extra,
})
const row = (...components: Json[]): Json => ({ type: ComponentType.ActionRow, components })
const option = (value: string, extra: Json = {}): Json => ({ label: value, value, ...extra })
const select = (customId: string, options: Json[], extra: Json = {}): Json => ({
  type: ComponentType.StringSelect,
  custom_id: customId,
  options,
  ...extra,
})
const v2 = (...components: Json[]): Json => ({ ...silent, flags: V2, components })
const many = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => make(index))

/** For POST /channels/:id/messages. */
export const BROKEN_MESSAGES: readonly BrokenPayload[] = [
  { name: 'no allowed_mentions', body: { content: 'x' }, problem: /allowed_mentions is missing/ },
  { name: 'nothing in it', body: silent, problem: /empty message/ },
  { name: 'an unknown key', body: { ...silent, content: 'x', colour: 1 }, problem: /unknown key "colour"/ },
  { name: 'content too long', body: { ...silent, content: 'x'.repeat(2001) }, problem: /2000/ },
  { name: 'content of a wrong type', body: { ...silent, content: 5 }, problem: /content/ },
  {
    name: 'an empty embed field',
    body: { ...silent, embeds: [{ title: 'x', fields: [{ name: 'a', value: '' }] }] },
    problem: /fields\[0\]\.value: an embed field needs a value/,
  },
  { name: 'an empty embed', body: { ...silent, embeds: [{}] }, problem: /an embed needs/ },
  {
    name: 'embeds too long in all',
    body: { ...silent, embeds: many(2, () => ({ description: 'x'.repeat(3500) })) },
    problem: /at most 6000 in all/,
  },
  {
    name: 'ephemeral outside an interaction',
    body: { ...silent, content: 'x', flags: MessageFlags.Ephemeral },
    problem: /ephemeral/,
  },
  {
    name: 'V2 without the flag',
    body: { ...silent, components: [display('x')] },
    problem: /IS_COMPONENTS_V2/,
  },
  {
    name: 'content beside V2',
    body: { ...v2(display('x')), content: 'y' },
    problem: /content: no content beside/,
  },
  {
    name: 'embeds beside V2',
    body: { ...v2(display('x')), embeds: [{ title: 'y' }] },
    problem: /embeds: no embeds beside/,
  },
  {
    name: '41 components with those inside',
    body: v2({ type: ComponentType.Container, components: many(40, () => display('x')) }),
    problem: /41 components/,
  },
  {
    name: 'too much text',
    body: v2(display('x'.repeat(3000)), display('x'.repeat(1001))),
    problem: /4001 characters/,
  },
  { name: 'an empty text display', body: v2(display('')), problem: /components\[0\]\.content/ },
  { name: 'a custom id twice', body: v2(row(button('a')), row(button('a'))), problem: /"a" is used twice/ },
  { name: 'an empty custom id', body: v2(row(button(''))), problem: /custom_id/ },
  { name: 'a long custom id', body: v2(row(button('x'.repeat(101)))), problem: /custom_id/ },
  { name: 'six buttons', body: v2(row(...many(6, (index) => button(`b${index}`)))), problem: /components/ },
  { name: 'a long button label', body: v2(row(button('a', { label: 'x'.repeat(81) }))), problem: /label/ },
  {
    name: 'a button without a label',
    body: v2(row(button('a', { label: null }))),
    problem: /label or an emoji/,
  },
  {
    name: 'a link button without url',
    body: v2(row(button('a', { style: ButtonStyle.Link }))),
    problem: /needs a url/,
  },
  {
    name: 'two selects in a row',
    body: v2(row(select('a', [option('x')]), select('b', [option('x')]))),
    problem: /at most 1 select/,
  },
  {
    name: 'a select beside a button',
    body: v2(row(select('a', [option('x')]), button('b'))),
    problem: /either buttons or a select/,
  },
  {
    name: '26 options',
    body: v2(
      row(
        select(
          'a',
          many(26, (index) => option(`o${index}`)),
        ),
      ),
    ),
    problem: /options/,
  },
  { name: 'a long option', body: v2(row(select('a', [option('x'.repeat(101))]))), problem: /options\[0\]/ },
  {
    name: 'a long option description',
    body: v2(row(select('a', [option('x', { description: 'x'.repeat(101) })]))),
    problem: /description/,
  },
  {
    name: 'option values twice',
    body: v2(row(select('a', [option('x'), option('x')]))),
    problem: /not unique/,
  },
  {
    name: 'a long placeholder',
    body: v2(row(select('a', [option('x')], { placeholder: 'x'.repeat(151) }))),
    problem: /placeholder/,
  },
  {
    name: 'a section without an accessory',
    body: v2({ type: ComponentType.Section, components: [display('x')] }),
    problem: /accessory/,
  },
  {
    name: 'a section with four texts',
    body: v2({
      type: ComponentType.Section,
      components: many(4, () => display('x')),
      accessory: button('a'),
    }),
    problem: /components\[0\]\.components/,
  },
]

const input = (customId: string, extra: Json = {}): Json => ({
  type: ComponentType.Label,
  label: 'Why?',
  component: { type: ComponentType.TextInput, custom_id: customId, style: 2, ...extra },
})
const modal = (extra: Json): Json => ({
  type: 9,
  data: { custom_id: 'm', title: 'Tell us', components: [input('a')], ...extra },
})

/** For POST /interactions/:id/:token/callback of a slash command. */
export const BROKEN_CALLBACKS: readonly BrokenPayload[] = [
  {
    name: 'a reply without allowed_mentions',
    body: { type: 4, data: { content: 'x' } },
    problem: /allowed_mentions/,
  },
  {
    name: 'a deferral with the V2 flag',
    body: { type: 5, data: { flags: V2 } },
    problem: /only the ephemeral flag/,
  },
  {
    name: 'a deferral with content',
    body: { type: 5, data: { content: 'x' } },
    problem: /cannot carry content/,
  },
  {
    name: 'an update without a message',
    body: { type: 7, data: silent },
    problem: /does not answer this interaction/,
  },
  { name: 'choices for a command', body: { type: 8, data: { choices: [] } }, problem: /does not answer/ },
  { name: 'an unknown type', body: { type: 99 }, problem: /unknown callback type/ },
  { name: 'a long modal title', body: modal({ title: 'x'.repeat(46) }), problem: /title/ },
  { name: 'a modal without components', body: modal({ components: [] }), problem: /components/ },
  {
    name: 'a modal with six components',
    body: modal({ components: many(6, (index) => input(`i${index}`)) }),
    problem: /at most 5 components/,
  },
  {
    name: 'a modal input named twice',
    body: modal({ components: [input('a'), input('a')] }),
    problem: /used twice/,
  },
  {
    name: 'a modal input with a label of its own',
    body: modal({ components: [input('a', { label: 'x' })] }),
    problem: /label of its own/,
  },
]

const slash = (extra: Json): Json => ({ name: 'career', description: 'x', ...extra })
const text = (name: string, extra: Json = {}): Json => ({ type: 3, name, description: 'x', ...extra })
const choice = (index: number, length: number): Json => ({
  name: `c${index}`,
  value: `${index}`.padEnd(length, 'x'),
})

/** For PUT /applications/:id/commands. */
export const BROKEN_COMMANDS: readonly BrokenPayload[] = [
  { name: 'an upper-case name', body: [slash({ name: 'Career' })], problem: /lower case/ },
  { name: 'a name with a space', body: [slash({ name: 'my career' })], problem: /not allowed/ },
  { name: 'no description', body: [{ name: 'career' }], problem: /description is missing/ },
  {
    name: 'an option without a description',
    body: [slash({ options: [{ type: 3, name: 'q' }] })],
    problem: /description/,
  },
  { name: 'a long description', body: [slash({ description: 'x'.repeat(101) })], problem: /description/ },
  {
    name: 'a required option after an optional one',
    body: [slash({ options: [text('a'), text('b', { required: true })] })],
    problem: /required option after/,
  },
  {
    name: 'an option named twice',
    body: [slash({ options: [text('a'), text('a')] })],
    problem: /used twice/,
  },
  {
    name: 'choices beside autocomplete',
    body: [slash({ options: [text('a', { autocomplete: true, choices: [choice(0, 1)] })] })],
    problem: /no choices beside autocomplete/,
  },
  {
    name: 'a subcommand beside an option',
    body: [slash({ options: [{ type: 1, name: 'sub', description: 'x' }, text('a')] })],
    problem: /beside other options/,
  },
  {
    name: '101 commands',
    body: many(101, (index) => slash({ name: `c${index}` })),
    problem: /at most 100 slash/,
  },
  { name: 'two commands of one name', body: [slash({}), slash({})], problem: /used twice/ },
  { name: 'an unknown key', body: [slash({ colour: 1 })], problem: /unknown key "colour"/ },
  {
    name: 'more than 8000 characters',
    body: [
      slash({
        options: many(4, (index) => text(`o${index}`, { choices: many(25, (number) => choice(number, 95)) })),
      }),
    ],
    problem: /at most 8000/,
  },
  {
    name: 'a context-menu command with a description',
    body: [{ type: 3, name: 'Ask', description: 'x' }],
    problem: /has no description/,
  },
]

/** For the callback of an autocomplete. */
export const BROKEN_CHOICES: readonly BrokenPayload[] = [
  {
    name: '26 choices',
    body: { type: 8, data: { choices: many(26, (index) => choice(index, 5)) } },
    problem: /choices/,
  },
  {
    name: 'a long choice value',
    body: { type: 8, data: { choices: [choice(0, 101)] } },
    problem: /at most 100/,
  },
  {
    name: 'a long choice name',
    body: { type: 8, data: { choices: [{ name: 'x'.repeat(101), value: 'x' }] } },
    problem: /name/,
  },
  { name: 'a message', body: { type: 4, data: { ...silent, content: 'x' } }, problem: /does not answer/ },
]
