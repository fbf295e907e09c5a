import { useStore } from 'zustand'
import { NOTICE_STRINGS } from '../../electron/api/strings/notices.ts'
import { Toast, ToastProvider } from '../ui/Toast.tsx'
import type { AppStore } from './app-store.ts'

/** Long enough to read two lines. Failures stay until they are closed. */
const SHOWN_MS = 5_000

export function Notices({ store }: { store: AppStore }) {
  const notices = useStore(store, (state) => state.notices)
  return (
    <ToastProvider label={NOTICE_STRINGS.region}>
      {notices.map(({ id, kind, title, detail, action }) => (
        <Toast
          key={id}
          kind={kind}
          title={title}
          detail={detail}
          action={action}
          closeLabel={NOTICE_STRINGS.close}
          durationMs={kind === 'error' ? Infinity : SHOWN_MS}
          onClose={() => store.dismissNotice(id)}
        />
      ))}
    </ToastProvider>
  )
}
