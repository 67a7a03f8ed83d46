import { type Html, html } from './html.ts'

export interface Bar {
  /** ISO date. */
  day: string
  filled: number
  hollow: number
}

const day = 24 * 60 * 60 * 1000
/** More are put together, so that each can be seen. */
const mostBars = 60
/** Units of the drawing. */
const size = { width: 720, height: 200, left: 44, bottom: 26, top: 10 }

/** Bars over time, a day each or several; days without anything are shown, too. Colours come from the style sheet. */
export function barChart(bars: readonly Bar[]): Html {
  const steps = inSteps(bars)
  const highest = Math.max(1, ...steps.map(({ filled, hollow }) => filled + hollow))
  const top = niceTop(highest)
  const [plotWidth, plotHeight] = [size.width - size.left, size.height - size.bottom - size.top]
  const base = size.top + plotHeight
  const width = plotWidth / steps.length
  const heightOf = (count: number): number => round((count / top) * plotHeight)
  const columns = steps.map(({ day: name, filled, hollow }, i) => {
    const x = round(size.left + i * width + width * 0.12)
    const [low, high] = [heightOf(filled), heightOf(hollow)]
    const wide = round(Math.min(width * 0.76, 48))
    return html`<g><title>${name}: ${filled} answered, ${hollow} not answered</title><rect class="filled" x="${x}" y="${round(base - low)}" width="${wide}" height="${low}"/><rect class="hollow" x="${x}" y="${round(base - low - high)}" width="${wide}" height="${high}"/></g>`
  })
  const marks = [0, top / 2, top].map((count) => {
    const y = round(base - (count / top) * plotHeight)
    return html`<line class="rule" x1="${size.left}" x2="${size.width}" y1="${y}" y2="${y}"/><text x="${size.left - 8}" y="${y + 4}" text-anchor="end">${count}</text>`
  })
  const total = bars.reduce((sum, { filled, hollow }) => sum + filled + hollow, 0)
  const [first, last] = [steps[0]?.day, steps.at(-1)?.day]
  return html`<svg class="chart" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${total} questions from ${first} to ${last}, at most ${highest} in a bar; the table below has all of them">
${marks}${columns}
<text x="${size.left}" y="${size.height - 6}">${first}</text>${steps.length > 1 && html`<text x="${size.width}" y="${size.height - 6}" text-anchor="end">${last}</text>`}</svg>`
}

/** Every step is as long as the others, from the first day to the last. */
function inSteps(bars: readonly Bar[]): Bar[] {
  const [first, last] = [bars[0], bars.at(-1)].map((bar) => Date.parse(bar?.day ?? ''))
  if (first === undefined || last === undefined || Number.isNaN(first + last)) return []
  const length = Math.ceil(((last - first) / day + 1) / mostBars)
  const steps = Array.from({ length: Math.ceil(((last - first) / day + 1) / length) }, (_, i) => ({
    day: new Date(first + i * length * day).toISOString().slice(0, 10),
    filled: 0,
    hollow: 0,
  }))
  for (const bar of bars) {
    const step = steps[Math.floor((Date.parse(bar.day) - first) / day / length)]
    if (step === undefined) continue
    step.filled += bar.filled
    step.hollow += bar.hollow
  }
  return steps
}

/** The next even number of the kind 2, 4, 10, 20, 40, 100 …, so that its half is whole, too. */
function niceTop(highest: number): number {
  for (let unit = 1; ; unit *= 10) {
    const found = [2, 4, 6, 8, 10].find((factor) => factor * unit >= highest)
    if (found !== undefined) return found * unit
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
