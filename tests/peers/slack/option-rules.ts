import { all, type Check, rule } from './fields.ts'
import { isJson, type Json, jsonList, text } from './problem.ts'

/** The options of an element, those in groups too. */
export const allOptions = (element: Json): Json[] => [
  ...jsonList(element.options),
  ...jsonList(element.option_groups).flatMap((group) => jsonList(group.options)),
]
const optionValue = (chosen: unknown): string => (isJson(chosen) ? text(chosen.value) : '')
const chosenAtFirst = (element: Json): unknown[] => [
  ...(isJson(element.initial_option) ? [element.initial_option] : []),
  ...jsonList(element.initial_options),
]
const initialAmongOptions = rule('initial options must be among the options', (element) => {
  const values = new Set(allOptions(element).map(optionValue))
  return chosenAtFirst(element).every((chosen) => values.has(optionValue(chosen)))
})
/** A list of options or groups of them, not both. */
export const eitherOptions = rule(
  'either options or option_groups is required',
  (element) => (element.options === undefined) !== (element.option_groups === undefined),
)
const uniqueValues = rule('option values must be unique', (element) => {
  const values = allOptions(element).map(optionValue)
  return new Set(values).size === values.length
})
/** An element of which one or some options are chosen. */
export const choices = (check: Check): Check => all(check, initialAmongOptions, uniqueValues)
