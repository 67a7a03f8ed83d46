import type { GrowthPoint } from './comparison.ts'

interface Panel {
  title: string
  unit: string
  of: (point: GrowthPoint) => number
}

const panels: Panel[] = [
  { title: 'Build time', unit: 'seconds', of: (point) => point.build / 1000 },
  { title: 'Memory', unit: 'MiB', of: (point) => point.memory },
  { title: 'Time per question', unit: 'ms, median', of: (point) => point.p50 },
]

/** Pixels. */
const panel = { width: 320, left: 62, right: 14, top: 92, height: 250 }
const size = { width: panel.width * panels.length, height: 410 }

const style = `
  svg { color-scheme: light dark; font: 13px system-ui, -apple-system, 'Segoe UI', sans-serif }
  .back { fill: #ffffff } text { fill: #1f2328 } .soft { fill: #59636e }
  .title { font-size: 17px; font-weight: 600 } .panel { font-size: 14px; font-weight: 600 }
  .grid { stroke: #d1d9e0; stroke-width: 1 } path { fill: none; stroke-width: 2.5 }
  .mine path { stroke: #0969da } .mine .dot, .mine text { fill: #0969da; font-weight: 600 }
  .raw path { stroke: #bc4c00; stroke-dasharray: 7 5 } .raw .dot, .raw text { fill: #bc4c00; font-weight: 600 }
  @media (prefers-color-scheme: dark) {
    .back { fill: #0d1117 } text { fill: #f0f6fc } .soft { fill: #9198a1 } .grid { stroke: #3d444d }
    .mine path { stroke: #58a6ff } .mine .dot, .mine text { fill: #58a6ff }
    .raw path { stroke: #f0883e } .raw .dot, .raw text { fill: #f0883e }
  }`

/** Build time, memory and time per question over the number of sections, both axes logarithmic, as an SVG picture. */
export function drawGrowth(points: readonly GrowthPoint[]): string {
  const description =
    'Build time, memory and time per question of ai-career-bot and MiniSearch, from 100 to 100,000 sections.'
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-labelledby="title description">`,
    `<title id="title">Growth with the number of sections</title>`,
    `<desc id="description">${description} The figures are in README.md.</desc>`,
    `<style>${style}\n</style>`,
    `<rect class="back" width="${size.width}" height="${size.height}"/>`,
    `<text class="title" x="16" y="30">Growth with the number of sections</text>`,
    `<text class="soft" x="16" y="50">Both axes are logarithmic: a line that rises by one step for each step to the right grows in proportion.</text>`,
    ...panels.map(
      (it, i) => `<g transform="translate(${i * panel.width} 0)">\n${drawPanel(it, points)}\n</g>`,
    ),
    '</svg>\n',
  ].join('\n')
}

function drawPanel({ title, unit, of }: Panel, points: readonly GrowthPoint[]): string {
  const values = points.map(of)
  const sections = points.map((point) => point.sections)
  const x = scale(sections, panel.left, panel.width - panel.right)
  const y = scale(values, panel.top + panel.height, panel.top)
  const bottom = panel.top + panel.height
  const parts = [
    `<text class="panel" x="16" y="78">${title} <tspan class="soft" font-weight="400">(${unit})</tspan></text>`,
  ]
  for (const tick of y.ticks) {
    parts.push(line(panel.left, y.at(tick), panel.width - panel.right, y.at(tick)))
    parts.push(
      `<text class="soft" x="${panel.left - 8}" y="${round(y.at(tick) + 4)}" text-anchor="end">${label(tick)}</text>`,
    )
  }
  for (const tick of x.ticks) {
    parts.push(line(x.at(tick), panel.top, x.at(tick), bottom))
    const anchor = tick === x.ticks.at(-1) ? 'end' : 'middle'
    const shift = anchor === 'end' ? 12 : 0
    parts.push(
      `<text class="soft" x="${round(x.at(tick) + shift)}" y="${bottom + 20}" text-anchor="${anchor}">${label(tick)}</text>`,
    )
  }
  parts.push(
    `<text class="soft" x="${(panel.left + panel.width - panel.right) / 2}" y="${bottom + 44}" text-anchor="middle">sections</text>`,
  )
  const systems = [...new Set(points.map((point) => point.system))]
  for (const [i, system] of systems.entries()) {
    const own = points.filter((point) => point.system === system)
    const places = own.map((point) => [round(x.at(point.sections)), round(y.at(of(point)))] as const)
    const name = i === 0 ? 'mine' : 'raw'
    // At the last point but one, the upper line has its name above it on the left, the lower one below it on the right.
    const other = points.filter((point) => point.system !== system)
    const isUpper = of(own.at(-2)!) >= of(other.at(-2)!)
    const [nameX, nameY] = places.at(-2)!
    const text = isUpper
      ? `<text x="${nameX - 10}" y="${nameY - 14}" text-anchor="end">${system}</text>`
      : `<text x="${nameX - 8}" y="${nameY + 28}">${system}</text>`
    parts.push(
      `<g class="${name}"><path d="M${places.map((place) => place.join(' ')).join('L')}"/>${places.map(([a, b]) => dot(name, a, b)).join('')}${text}</g>`,
    )
  }
  return parts.join('\n')
}

/** Circles and squares, so that the lines differ in more than colour. */
function dot(name: string, x: number, y: number): string {
  return name === 'mine'
    ? `<circle class="dot" cx="${x}" cy="${y}" r="4.5"/>`
    : `<rect class="dot" x="${x - 4}" y="${y - 4}" width="8" height="8"/>`
}

/** Powers of ten from below the least to above the greatest value, spread over `from` to `to`. */
function scale(values: readonly number[], from: number, to: number) {
  const least = Math.floor(Math.log10(Math.min(...values)) + 1e-9)
  const most = Math.max(Math.ceil(Math.log10(Math.max(...values)) - 1e-9), least + 1)
  return {
    ticks: Array.from({ length: most - least + 1 }, (_, i) => 10 ** (least + i)),
    at: (value: number): number => from + ((Math.log10(value) - least) / (most - least)) * (to - from),
  }
}

function line(x1: number, y1: number, x2: number, y2: number): string {
  return `<line class="grid" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"/>`
}

function label(value: number): string {
  return value < 1 ? String(Number(value.toPrecision(1))) : value.toLocaleString('en-US')
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
