import { contextBridge, ipcRenderer } from 'electron'
import type { CommandId } from '../api/menu.ts'
import { SHELL_CHANNELS } from '../api/shell-channels.ts'
import type { Shell } from '../api/shell.ts'

const PLATFORMS: Partial<Record<NodeJS.Platform, Shell['platform']>> = { darwin: 'mac', win32: 'windows' }

const shell: Shell = {
  host: 'desktop',
  platform: PLATFORMS[process.platform] ?? 'linux',
  chooseImages: () => ipcRenderer.invoke(SHELL_CHANNELS.chooseImages),
  chooseSavePlace: (suggestedName) => ipcRenderer.invoke(SHELL_CHANNELS.chooseSavePlace, suggestedName),
  chooseFolder: () => ipcRenderer.invoke(SHELL_CHANNELS.chooseFolder),
  chooseStyleFile: () => ipcRenderer.invoke(SHELL_CHANNELS.chooseStyleFile),
  onCommand: (listener) => {
    const receive = (_event: unknown, command: CommandId) => listener(command)
    ipcRenderer.on(SHELL_CHANNELS.onCommand, receive)
    return () => void ipcRenderer.off(SHELL_CHANNELS.onCommand, receive)
  },
  setEnabledCommands: (commands) => ipcRenderer.send(SHELL_CHANNELS.setEnabledCommands, commands),
  setTitle: (title) => ipcRenderer.send(SHELL_CHANNELS.setTitle, title),
  showInFolder: (fileId) => ipcRenderer.invoke(SHELL_CHANNELS.showInFolder, fileId),
}

contextBridge.exposeInMainWorld('shell', shell)
