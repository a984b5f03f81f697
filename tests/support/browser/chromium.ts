import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium, type LaunchOptions } from '@playwright/test'

// The shell comes first: the same engine without windows and bars of its own, which cost a second of work for every test.
const shell = 'chromium-headless-shell'
const names = [
  shell,
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge',
]
const applications = ['Google Chrome', 'Chromium', 'Microsoft Edge']
const windowsPaths = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']

/** Finds a Chromium to test with. On a Debian without one, root gets it installed; anyone else an error that says what to do. */
export async function findChromium(): Promise<string> {
  const wanted = process.env.CHROMIUM_PATH
  if (wanted && !existsSync(wanted)) throw new Error(`CHROMIUM_PATH names no file: ${wanted}`)
  const found = wanted || findInstalled()
  if (found) return found
  if (process.getuid?.() === 0 && findOnPath('apt-get')) await installChromium()
  const installed = findInstalled()
  if (installed) return installed
  throw new Error('No Chromium or Chrome found: install one, or set CHROMIUM_PATH to its program.')
}

/** Starts Chromium quietly: it looks for no updates and no services of its own. Root cannot have its sandbox. */
export const chromiumOptions: LaunchOptions = {
  chromiumSandbox: process.getuid?.() !== 0,
  args: [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

function findInstalled(): string | undefined {
  const { PROGRAMFILES, 'PROGRAMFILES(X86)': programFiles32, LOCALAPPDATA, HOME = '' } = process.env
  const windowsFolders = [PROGRAMFILES, programFiles32, LOCALAPPDATA].filter((folder) => folder !== undefined)
  const macFolders = ['/Applications', join(HOME, 'Applications')]
  const places = [
    ...applications.flatMap((name) => macFolders.map((folder) => join(folder, `${name}.app/Contents/MacOS`, name))),
    ...windowsPaths.flatMap((path) => windowsFolders.map((folder) => join(folder, path))),
    chromium.executablePath(),
  ]
  return names.map(findOnPath).find(Boolean) ?? places.find((path) => existsSync(path))
}

function findOnPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}

async function installChromium(): Promise<void> {
  process.stderr.write('No Chromium found: installing it with apt-get.\n')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const aptGet = async (...args: string[]) => {
    const [code] = await once(spawn('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] }), 'exit')
    return code === 0
  }
  await aptGet('update')
  if ((await aptGet('install', '-y', shell)) || (await aptGet('install', '-y', 'chromium'))) return
  throw new Error('apt-get installs no Chromium. Install one, or set CHROMIUM_PATH.')
}
