import { execFileSync } from 'node:child_process'

/** What runs as a process runs from `dist`, as `npm start` does: four times as fast to start as from the sources. */
export default function build(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] })
}
